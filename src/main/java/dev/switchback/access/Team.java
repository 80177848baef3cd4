package dev.switchback.access;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** People who own things together. What a team was granted, each of its members may. */
@Entity
public class Team implements Holder {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;
    private String displayName;
    private boolean active;
    private int revision;
    private Instant createdAt;
    private Instant changedAt;
    private String changedBy;

    @ManyToMany
    @JoinTable(
            name = "team_member",
            joinColumns = @JoinColumn(name = "team_id"),
            inverseJoinColumns = @JoinColumn(name = "person_id"))
    private Set<Person> members = new HashSet<>();

    protected Team() {}

    Team(String name, String displayName, Instant now, String by) {
        this.name = name;
        this.displayName = displayName;
        this.active = true;
        this.revision = 1;
        this.createdAt = now;
        this.changedAt = now;
        this.changedBy = by;
    }

    public Long id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String displayName() {
        return displayName;
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public int revision() {
        return revision;
    }

    @Override
    public Instant changedAt() {
        return changedAt;
    }

    @Override
    public String changedBy() {
        return changedBy;
    }

    @Override
    public String kind() {
        return "team";
    }

    @Override
    public void changed(Instant now, String by) {
        revision++;
        changedAt = now;
        changedBy = by;
    }

    /** The members by name, also those who have left. */
    public List<Person> members() {
        return members.stream().sorted(Comparator.comparing(Person::name)).toList();
    }

    void rename(String title) {
        displayName = title;
    }

    void setActive(boolean here) {
        active = here;
    }

    /** @return whether they were no member before */
    boolean add(Person person) {
        return members.add(person);
    }

    /** @return whether they were a member before */
    boolean remove(Person person) {
        return members.remove(person);
    }
}
