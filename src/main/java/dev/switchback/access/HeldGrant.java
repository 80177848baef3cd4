package dev.switchback.access;

/**
 * One reason why somebody may do something.
 *
 * @param person the name of who holds it
 * @param title the name of theirs that pages show
 * @param grant what was granted
 * @param team the team through which they hold it; null when it was granted to them
 * @param local whether an admin gave it here, rather than the identity provider
 */
public record HeldGrant(String person, String title, Grant grant, String team, boolean local) {

    static HeldGrant of(Object[] row) {
        var grant = new Grant(Role.find((String) row[2]).orElseThrow(), (String) row[3], (String) row[4]);
        return new HeldGrant((String) row[0], (String) row[1], grant, (String) row[5], row[6].equals("local"));
    }

    /** Why, spoken: {@code operator in “staging”, through team-shop}. */
    public String words() {
        return grant.words()
                + (team == null ? "" : ", through " + team)
                + (local ? "" : ", from the identity provider");
    }
}
