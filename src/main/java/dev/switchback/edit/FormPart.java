package dev.switchback.edit;

/** A part of the form as the page shows it: one field, a group of parts, or a list of entries. */
public sealed interface FormPart permits FieldPart, GroupPart, ListPart {

    /** The field that it stands for; unique on the page, and the id of its element. */
    String id();

    /** Whether anything is typed in it. */
    boolean isFilled();

    /** Whether something in it must be put right. */
    boolean isWrong();

    /** This part as a field, or null. */
    default FieldPart field() {
        return this instanceof FieldPart field ? field : null;
    }

    /** This part as a group, or null. */
    default GroupPart group() {
        return this instanceof GroupPart group ? group : null;
    }

    /** This part as a list, or null. */
    default ListPart list() {
        return this instanceof ListPart list ? list : null;
    }
}
