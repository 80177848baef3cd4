package dev.switchback.step;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.switchback.secret.MissingSecretException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An action as it would be carried out, with its variables filled in by the code that carries it out. Nothing was asked
 * and nothing was done. Immutable.
 *
 * @param place where exactly: a directory, an address, a database; empty when nothing is connected to
 * @param parts what is executed, in the order in which it matters
 * @param expects what a success looks like
 * @param trouble why it could not be carried out as things stand; empty when nothing speaks against it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Rendering(String place, List<RenderedPart> parts, String expects, Optional<String> trouble) {

    public Rendering {
        parts = List.copyOf(parts);
    }

    /** The same with every text passed through this, the names of values left alone. */
    public Rendering with(UnaryOperator<String> each) {
        return new Rendering(
                each.apply(place),
                parts.stream().map(part -> part.with(each)).toList(),
                each.apply(expects),
                trouble.map(each));
    }

    /** Something of which only its own words are known. */
    public static Rendering only(String text, Optional<String> trouble) {
        return new Rendering(
                "", text.isBlank() ? List.of() : List.of(new RenderedPart("action", text, Map.of())), "", trouble);
    }

    /** Collects a rendering; what cannot be filled in is told, and the rest is rendered all the same. One thread. */
    public static final class Draft {
        private final List<RenderedPart> parts = new ArrayList<>();
        private String place = "";
        private String expects = "";
        private String trouble;

        /** Where it happens. */
        public Draft at(String where) {
            place = where;
            return this;
        }

        public Draft text(String name, String text) {
            return part(name, text, Map.of());
        }

        public Draft values(String name, Map<String, String> values) {
            return values.isEmpty() ? this : part(name, "", values);
        }

        public Draft part(String name, String text, Map<String, String> values) {
            parts.add(new RenderedPart(name, text, values));
            return this;
        }

        /** All parts of another one. */
        public Draft parts(List<RenderedPart> more) {
            parts.addAll(more);
            return this;
        }

        public Draft expects(String what) {
            expects = what;
            return this;
        }

        /** Why it could not be carried out; the first reason stays. */
        public Draft trouble(String why) {
            trouble = trouble == null ? why : trouble;
            return this;
        }

        /** Does a part of the work; what it lacks becomes the trouble. */
        public Draft attempt(Runnable work) {
            try {
                work.run();
            } catch (CouldNotAskException | MissingSecretException missing) {
                trouble(missing.getMessage());
            } catch (RuntimeException defect) {
                trouble("it makes no sense: " + defect.getMessage());
            }
            return this;
        }

        /**
         * What was collected.
         *
         * @param otherwise what to show when there is no part at all
         */
        public Rendering done(String otherwise) {
            if (parts.isEmpty() && !otherwise.isBlank()) {
                text("action", otherwise);
            }
            return new Rendering(place, parts, expects, Optional.ofNullable(trouble));
        }
    }
}
