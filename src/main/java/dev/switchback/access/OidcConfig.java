package dev.switchback.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Map;
import java.util.Optional;

/** The identity provider that says who people are, if there is one. */
@ConfigMapping(prefix = "switchback.oidc")
public interface OidcConfig {

    /** The address of the provider, below which {@code .well-known/openid-configuration} lies; without it there is none. */
    @WithName("issuer")
    Optional<String> issuer();

    /** What people call it: {@code Sign in with Keycloak}. */
    @WithDefault("single sign-on")
    @WithName("name")
    String name();

    /** The name under which the provider knows Switchback. */
    @WithDefault("switchback")
    @WithName("client-id")
    String clientId();

    /** What Switchback proves itself with to the provider. */
    @WithName("client-secret")
    Optional<String> clientSecret();

    /** What is asked for besides {@code openid}, parted by spaces. */
    @WithDefault("profile email")
    @WithName("scopes")
    String scopes();

    /** The claim that becomes the name of a person who comes for the first time. */
    @WithDefault("preferred_username")
    @WithName("name-claim")
    String nameClaim();

    /** The claim that lists the groups. */
    @WithDefault("groups")
    @WithName("groups-claim")
    String groupsClaim();

    /** Whether somebody whom the provider knows and Switchback does not becomes a person here. */
    @WithDefault("true")
    @WithName("make-people")
    boolean makePeople();

    /** The roles of each group: {@code operator@staging,viewer}. */
    @WithName("roles")
    Map<String, String> roles();
}
