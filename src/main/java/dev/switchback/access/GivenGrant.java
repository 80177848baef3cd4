package dev.switchback.access;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;

/** That somebody was granted something: to whom, by whom, when. */
@Entity
@Table(name = "role_grant")
public class GivenGrant {

    private static final String LOCAL = "local";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(fetch = FetchType.LAZY)
    private Person person;

    @ManyToOne(fetch = FetchType.LAZY)
    private Team team;

    private String role;
    private String service;
    private String environment;
    private String source;
    private Instant grantedAt;
    private String grantedBy;

    protected GivenGrant() {}

    GivenGrant(Holder holder, Grant grant, Instant now, String by) {
        this.person = holder instanceof Person one ? one : null;
        this.team = holder instanceof Team several ? several : null;
        this.role = grant.role().word();
        this.service = grant.service();
        this.environment = grant.environment();
        this.source = LOCAL;
        this.grantedAt = now;
        this.grantedBy = by;
    }

    public Long id() {
        return id;
    }

    /** What was granted. */
    public Grant grant() {
        return new Grant(Role.find(role).orElseThrow(), service, environment);
    }

    /** The team through which it is held; null when it was granted to the person. */
    public Team team() {
        return team;
    }

    /** Whether an admin gave it here; the others come from the identity provider and are taken there. */
    public boolean isLocal() {
        return source.equals(LOCAL);
    }

    public Instant grantedAt() {
        return grantedAt;
    }

    public String grantedBy() {
        return grantedBy;
    }

    Long personId() {
        return person.id();
    }

    boolean isOf(Holder holder) {
        Holder mine = team == null ? person : team;
        return mine.kind().equals(holder.kind()) && mine.name().equals(holder.name());
    }
}
