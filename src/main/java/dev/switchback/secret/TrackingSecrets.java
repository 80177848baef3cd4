package dev.switchback.secret;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of one attempt: remembers the values it handed out, so that they are masked in everything the attempt
 * leaves behind. Lives as long as the attempt, then it is dropped with the values. Safe for use by several threads.
 */
public final class TrackingSecrets implements Secrets {

    private final Secrets source;
    private final Set<String> handedOut = new LinkedHashSet<>();
    private volatile Masker masker;

    public TrackingSecrets(Secrets source) {
        this.source = source;
        this.masker = Masker.of(source.known());
    }

    @Override
    public Optional<String> find(String name) {
        Optional<String> value = source.find(name);
        value.ifPresent(this::remember);
        return value;
    }

    private synchronized void remember(String value) {
        if (handedOut.add(value)) {
            masker = Masker.of(known());
        }
    }

    /** What the source knows, and what was handed out. */
    @Override
    public synchronized Collection<String> known() {
        var all = new LinkedHashSet<>(source.known());
        all.addAll(handedOut);
        return all;
    }

    /** Masks everything known so far. Ask again for each text: a secret may have been handed out meanwhile. */
    @Override
    public Masker masker() {
        return masker;
    }
}
