package dev.switchback.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** How one can sign in here. */
@ApplicationScoped
public class SignInWays {

    @Inject
    OidcConfig provider;

    @Inject
    SignInConfig config;

    /** Whether there is a provider of identities. */
    public boolean isProvider() {
        return provider.issuer().isPresent();
    }

    /** What people call the provider. */
    public String providerName() {
        return provider.name();
    }

    /** Whether a password opens only in an emergency, and only for local admins. */
    public boolean isBreakGlass() {
        return isProvider() && config.local().orElse(SignInConfig.Local.BREAK_GLASS) == SignInConfig.Local.BREAK_GLASS;
    }

    /** Whether a password opens anything for this person, in this way. */
    boolean opens(Person person, String means) {
        return !isBreakGlass() || person.isLocalAdmin() && means.equals("browser");
    }
}
