/** People, roles, tokens, sign-in; one question: may this person do this here. */
package dev.switchback.access;
