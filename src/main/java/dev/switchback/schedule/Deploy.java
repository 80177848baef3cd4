package dev.switchback.schedule;

import dev.switchback.access.Where;
import dev.switchback.environment.Environment;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A change of a service in an environment that no run made: somebody outside said so. Never edited. */
@Entity
@Immutable
@Table(name = "deploy")
public class Deploy {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String service;

    @ManyToOne(fetch = FetchType.LAZY)
    private Environment environment;

    private String version;
    private Instant at;
    private String announcedBy;
    private Instant announcedAt;

    protected Deploy() {}

    public Long id() {
        return id;
    }

    public String service() {
        return service;
    }

    public Environment environment() {
        return environment;
    }

    /** What is brought in, in the words of who announced it: {@code 1.4.2}. */
    public String version() {
        return version;
    }

    /** When it is, or was, done. */
    public Instant at() {
        return at;
    }

    /** Who said so. */
    public String announcedBy() {
        return announcedBy;
    }

    /** When they said so. */
    public Instant announcedAt() {
        return announcedAt;
    }

    /** To what it belongs. */
    public Where where() {
        return Where.of(service, environment.key());
    }
}
