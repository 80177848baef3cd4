package dev.switchback.access;

import dev.switchback.audit.Entry;
import dev.switchback.audit.Trail;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Name and password against what is stored. Who guesses waits; during the wait the right password is not accepted either.
 * Few passwords are compared at once, and few wait for that, so that nobody wears the server out. Thread-safe.
 */
@ApplicationScoped
public class SignIn {

    /** Costs the same time as a real comparison, so that the answer does not tell which names exist. */
    private static final String NOBODY = Passwords.hash(Passwords.generate());

    private static final int NAME_AT_MOST = 200;
    private static final int QUEUE_FOR_EACH = 8;
    private static final long PATIENCE_SECONDS = 10;
    private static final int REMEMBERED = 500;
    private static final Duration PLACE_AGAIN = Duration.ofDays(1);

    /** How it went. */
    public sealed interface Outcome {}

    /** It was right. @param person who signs in */
    public record Passed(Person person) implements Outcome {}

    /** It was wrong. @param left how many more tries are free */
    public record Wrong(int left) implements Outcome {}

    /** It was not even looked at, or it was wrong once too often. @param pause until the next try */
    public record Wait(Duration pause) implements Outcome {}

    /** Too many sign in at this moment; nothing was looked at. */
    public record Busy() implements Outcome {}

    @Inject
    People people;

    @Inject
    TriesOfSignIn tries;

    @Inject
    SignInConfig config;

    @Inject
    SignInWays ways;

    @Inject
    Trail trail;

    @Inject
    InstantSource clock;

    private Semaphore turns;

    /** Whose place was written down lately, so that a program with a password does not write with each request. */
    private final Map<String, Instant> places = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    });

    @PostConstruct
    void open() {
        turns = new Semaphore(config.atOnce(), true);
    }

    /**
     * Looks whether this password belongs to this name.
     *
     * @param address where it comes from
     * @param means {@code browser} or {@code password}, for the trail
     */
    public Outcome check(String name, String password, String address, String means) {
        try {
            if (turns.getQueueLength() >= config.atOnce() * QUEUE_FOR_EACH
                    || !turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Busy();
        }
        try {
            return checkInTurn(name, password, address, means);
        } finally {
            turns.release();
        }
    }

    /** Looking at the wait only now: however many guess at once, no more get through than have a turn. */
    private Outcome checkInTurn(String name, String password, String address, String means) {
        TriesOfSignIn.Look look = tries.look(name, address);
        if (look.pause().isPresent()) {
            return new Wait(look.pause().get());
        }
        Optional<Person> person = find(name);
        String hash = person.flatMap(Person::passwordHash).orElse(NOBODY);
        boolean right = Passwords.matches(password, hash)
                && !hash.equals(NOBODY)
                && person.filter(each -> ways.opens(each, means)).isPresent();
        return right ? succeeded(person.get(), address, look) : failed(name, person, address, means);
    }

    private Optional<Person> find(String name) {
        return name.length() > NAME_AT_MOST || name.indexOf('\0') >= 0
                ? Optional.empty()
                : QuarkusTransaction.requiringNew().call(() -> people.active(name));
    }

    private Outcome succeeded(Person person, String address, TriesOfSignIn.Look look) {
        if (look.failed()) {
            tries.forget(person.name(), address);
        }
        String place = person.name() + " " + address;
        Instant now = clock.instant();
        Instant written = places.get(place);
        if (written == null || written.isBefore(now.minus(PLACE_AGAIN))) {
            tries.remember(person, address);
            places.put(place, now);
        }
        return new Passed(person);
    }

    private Outcome failed(String name, Optional<Person> person, String address, String means) {
        TriesOfSignIn.Standing standing = tries.failed(name, address);
        boolean waits = !standing.pause().isZero();
        // People type passwords into the field of the name: only names that exist are written down.
        String who = person.map(Person::name).orElse("unknown");
        trail.record(Entry.of(waits ? "signin.locked" : "signin.refused", "person", who)
                .by(who, means)
                .note(waits ? "must wait " + standing.pause().toSeconds() + " s" : null));
        return waits ? new Wait(standing.pause()) : new Wrong(standing.left());
    }
}
