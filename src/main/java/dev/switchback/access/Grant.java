package dev.switchback.access;

/**
 * A role, everywhere or not. What is left open is not limited; what is named covers that and nothing else: a grant for
 * staging says nothing about production.
 *
 * @param role what the holder is
 * @param service the only service, or null for all
 * @param environment the key of the only environment, or null for all
 */
public record Grant(Role role, String service, String environment) {

    /** This role for all services in all environments. */
    public static Grant everywhere(Role role) {
        return new Grant(role, null, null);
    }

    /** Whether everything there belongs to what the grant is limited to. */
    boolean covers(Where where) {
        return (service == null || service.equals(where.service()))
                && (environment == null || environment.equals(where.environment()));
    }

    /** Whether something there may belong to what the grant is limited to. */
    boolean touches(Where where) {
        return (service == null || where.service() == null || service.equals(where.service()))
                && (environment == null || where.environment() == null || environment.equals(where.environment()));
    }

    /** Spoken: {@code operator for shop in staging}. */
    public String words() {
        return role.word() + Where.of(service, environment).words();
    }
}
