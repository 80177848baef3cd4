package dev.switchback.access;

import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** "This cookie came along." */
public class SessionAuthenticationRequest extends BaseAuthenticationRequest implements AuthenticationRequest {

    private final String token;

    SessionAuthenticationRequest(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}
