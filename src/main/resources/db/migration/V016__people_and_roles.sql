-- Who may do what. A grant belongs to a person or to a team; a service or an environment that it names is its limit.
CREATE TABLE team (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text        NOT NULL UNIQUE,
    display_name text        NOT NULL,
    active       boolean     NOT NULL DEFAULT true,
    revision     integer     NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL
);

CREATE TABLE team_member (
    team_id   bigint NOT NULL REFERENCES team,
    person_id bigint NOT NULL REFERENCES person,
    PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_member_person ON team_member (person_id);

CREATE TABLE role_grant (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   bigint REFERENCES person,
    team_id     bigint REFERENCES team,
    role        text        NOT NULL CHECK (role IN ('viewer', 'author', 'operator', 'approver', 'admin')),
    service     text CHECK (service <> ''),
    environment text CHECK (environment <> ''),
    -- 'local': by an admin here; 'provider': taken over from the identity provider at each sign-in
    source      text        NOT NULL DEFAULT 'local' CHECK (source IN ('local', 'provider')),
    granted_at  timestamptz NOT NULL,
    granted_by  text        NOT NULL,
    CHECK (num_nonnulls(person_id, team_id) = 1)
);
CREATE UNIQUE INDEX role_grant_of_person ON role_grant
    (person_id, role, coalesce(service, ''), coalesce(environment, ''), source) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX role_grant_of_team ON role_grant
    (team_id, role, coalesce(service, ''), coalesce(environment, ''), source) WHERE team_id IS NOT NULL;

-- What a person was granted, themself or through a team that is still there.
CREATE VIEW person_grant AS
    SELECT g.person_id, g.role, g.service, g.environment
    FROM role_grant g
    WHERE g.person_id IS NOT NULL
    UNION ALL
    SELECT m.person_id, g.role, g.service, g.environment
    FROM team_member m
    JOIN team t ON t.id = m.team_id AND t.active
    JOIN role_grant g ON g.team_id = t.id;

ALTER TABLE person ADD COLUMN revision integer NOT NULL DEFAULT 1;

-- Whoever could sign in until now could do everything.
INSERT INTO role_grant (person_id, role, granted_at, granted_by)
    SELECT p.id, r.role, now(), 'switchback'
    FROM person p
    CROSS JOIN (VALUES ('viewer'), ('author'), ('operator'), ('approver'), ('admin')) AS r (role);
