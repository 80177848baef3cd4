package dev.switchback.access;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.CookieSameSite;
import io.quarkus.oidc.runtime.OidcTenantConfig.SignatureAlgorithm;
import io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The provider as Quarkus has to know it: the code flow with PKCE, state and nonce, on one address only. Everywhere else
 * there is no provider; what follows after it is our own session.
 */
@ApplicationScoped
public class OidcTenant implements TenantConfigResolver {

    /** Where the provider is asked, and where it sends people back to. */
    static final String PATH = "/signin/oidc";

    /** The name that Quarkus gives its cookies. */
    static final String ID = "provider";

    /** Known to the instances and to nobody else; what is derived from it keeps the provider's answers private. */
    @ConfigProperty(name = "quarkus.datasource.password")
    Optional<String> databasePassword;

    @Inject
    OidcConfig config;

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
        boolean wanted = config.issuer().isPresent() && request.normalizedPath().equals(PATH);
        return wanted ? Uni.createFrom().item(this::tenant) : Uni.createFrom().nullItem();
    }

    private OidcTenantConfig tenant() {
        var builder = OidcTenantConfig.authServerUrl(config.issuer().orElseThrow())
                .tenantId(ID)
                .clientId(config.clientId())
                .applicationType(ApplicationType.WEB_APP)
                .connectionTimeout(Duration.ofSeconds(5));
        config.clientSecret().ifPresent(builder::credentials);
        builder.authentication()
                .redirectPath(PATH)
                .scopes(config.scopes().trim().split(" +"))
                .nonceRequired()
                .pkceRequired()
                .stateSecret(derived("state"))
                .stateCookieAge(Duration.ofMinutes(10))
                .failOnMissingStateParam()
                .removeRedirectParameters(false)
                .cookiePath(PATH)
                .cookieSameSite(CookieSameSite.LAX)
                .end();
        builder.token()
                .audience(config.clientId())
                .issuer(config.issuer().orElseThrow())
                .signatureAlgorithm(SignatureAlgorithm.RS256)
                .subjectRequired()
                .end();
        builder.tokenStateManager()
                .strategy(Strategy.ID_TOKEN)
                .encryptionSecret(derived("tokens"))
                .end();
        return builder.build();
    }

    /** The same on all instances, so that any of them may be the one to which the provider sends somebody back. */
    private String derived(String what) {
        return Passwords.digest(what + "\n" + config.issuer().orElse("") + "\n"
                        + config.clientSecret().orElse("") + "\n"
                        + databasePassword.orElse(""))
                .substring(0, 32);
    }
}
