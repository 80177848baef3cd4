package dev.switchback.people;

/**
 * The form of somebody new.
 *
 * @param tried what was refused just now
 * @param team whether it is a team
 */
public record FreshPage(Tried tried, boolean team) {

    static final FreshPage PERSON = new FreshPage(Tried.NOTHING, false);

    static final FreshPage TEAM = new FreshPage(Tried.NOTHING, true);
}
