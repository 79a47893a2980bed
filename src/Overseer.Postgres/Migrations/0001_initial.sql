-- The schema of one Overseer store. Written for the schema "overseer"; another name replaces that word throughout.
CREATE TABLE overseer.schema_version (
  version int NOT NULL PRIMARY KEY,
  -- The lowest schema version that a program must know to work with this one.
  oldest_worker int NOT NULL,
  installed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE overseer.job_status (code smallint NOT NULL PRIMARY KEY, word text NOT NULL);

INSERT INTO overseer.job_status (code, word)
VALUES (0, 'unstarted'), (1, 'started'), (2, 'finished'), (3, 'failed'), (4, 'aborted');

CREATE TABLE overseer.job_reason (code smallint NOT NULL PRIMARY KEY, word text NOT NULL);

INSERT INTO overseer.job_reason (code, word)
VALUES (1, 'exception'), (2, 'timeout'), (3, 'worker_lost'), (4, 'attempts_exhausted'), (5, 'result_rejected'), (6, 'unreadable'),
  (7, 'abort'), (8, 'abort_silent'), (9, 'cancelled'), (10, 'skipped'), (11, 'dependency_failed'), (12, 'dependency_aborted');

-- Names that jobs and runs repeat, each once.
CREATE TABLE overseer.job_type (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE overseer.graph (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  version text NOT NULL,
  UNIQUE (name, version)
);

-- Written once, never updated. args: the text that the run's jobs with args_slot 0 have; further ones are in job_args.
-- fingerprint: only where somebody may ask whether an insert is the same: with a key or with chosen job ids.
CREATE SEQUENCE overseer.run_id;

CREATE TABLE overseer.run (
  id bigint NOT NULL DEFAULT nextval('overseer.run_id') PRIMARY KEY,
  created_at timestamptz NOT NULL,
  graph int NOT NULL,
  jobs int NOT NULL CHECK (jobs > 0),
  key text,
  args text,
  fingerprint bytea
);

-- Partial, so that runs without a key cost it nothing.
CREATE UNIQUE INDEX run_key ON overseer.run (key) WHERE key IS NOT NULL;

-- How many jobs of a run have ended, summed over stripes so that workers do not queue at one row. Of a run of one job its job says
-- it all; it has a row here only if it failed or was aborted, so that it is found by the index.
CREATE TABLE overseer.run_count (
  run bigint NOT NULL,
  stripe smallint NOT NULL,
  finished int NOT NULL,
  failed int NOT NULL,
  aborted int NOT NULL,
  aborted_aloud int NOT NULL,
  ended_at timestamptz NOT NULL,
  PRIMARY KEY (run, stripe)
) WITH (fillfactor = 50);

-- Where to look for jobs that failed or were aborted. A finish changes neither column, and so stays a heap-only update.
CREATE INDEX run_count_bad ON overseer.run_count (run) WHERE failed <> 0 OR aborted <> 0;

-- beat_at and lease_time say when it may be taken for dead; a dead worker has no row. is_idle: it wants to be told of ready jobs.
-- types: what it has handlers for, if it told.
CREATE TABLE overseer.worker (
  no int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  label text NOT NULL,
  lease_time interval NOT NULL,
  beat_at timestamptz NOT NULL,
  is_idle boolean NOT NULL DEFAULT false,
  types int[]
) WITH (fillfactor = 50);

-- waiting: dependencies not finished yet. closed: dependencies that failed or were aborted. cause: the one that closed it.
-- dependents: how many jobs depend on it. is_only: the only job of its run. is_named: has an id that the user chose.
-- Half of each page is left free and no other index is here, so that starting and ending a job are heap-only updates.
CREATE TABLE overseer.job (
  run bigint NOT NULL,
  lease bigint NOT NULL DEFAULT 0,
  run_at timestamptz NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  no int NOT NULL,
  type int NOT NULL,
  waiting int NOT NULL CHECK (waiting >= 0),
  closed int NOT NULL DEFAULT 0 CHECK (closed >= 0),
  dependents int NOT NULL,
  args_slot int,
  worker int,
  cause int,
  snoozes int NOT NULL DEFAULT 0,
  faults int NOT NULL DEFAULT 0,
  status smallint NOT NULL DEFAULT 0,
  reason smallint,
  attempt smallint NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  max_attempts smallint NOT NULL,
  losses smallint NOT NULL DEFAULT 0,
  is_only boolean NOT NULL,
  is_named boolean NOT NULL DEFAULT false,
  PRIMARY KEY (run, no),
  CHECK ((status = 1) = (worker IS NOT NULL))
) WITH (fillfactor = 50);

-- The unstarted jobs that wait for no dependency; due is the job's run_at, and is_suspect says that it has losses.
-- Changed only by who holds the lock of the job. A claim locks the row here first, but waits for nothing while it does.
CREATE TABLE overseer.ready (
  due timestamptz NOT NULL,
  run bigint NOT NULL,
  no int NOT NULL,
  type int NOT NULL,
  is_suspect boolean NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_scale_factor = 0.2);

CREATE INDEX ready_calm ON overseer.ready (type, due, run, no) WHERE NOT is_suspect;

CREATE INDEX ready_suspect ON overseer.ready (type, due, run, no) WHERE is_suspect;

-- What a worker was given, one row per claim: where to look for a dead worker's jobs. Whether a job is still the worker's, the job says.
CREATE TABLE overseer.held (
  worker int NOT NULL,
  batch bigint NOT NULL,
  runs bigint[] NOT NULL,
  nos int[] NOT NULL,
  PRIMARY KEY (worker, batch)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE TABLE overseer.edge (
  run bigint NOT NULL,
  dep int NOT NULL,
  no int NOT NULL,
  PRIMARY KEY (run, dep, no)
);

-- Of expressions, so that what is asked by (run, dep) and what is asked by (run, no) can each use one index alone. Where most runs have a single
-- edge, or the table was counted at a bad moment, both look alike to the planner, and by the wrong one a star of 100,000 jobs is read 100,000 times.
CREATE INDEX edge_by_dependent ON overseer.edge ((run + 0), (no + 0), (dep + 0));

-- The rest of a finish with more dependents than one transaction should lock: those above "after" are still to be released.
CREATE TABLE overseer.propagation (
  run bigint NOT NULL,
  dep int NOT NULL,
  after int NOT NULL,
  PRIMARY KEY (run, dep)
);

-- Ids that users chose.
CREATE TABLE overseer.job_name (
  id text NOT NULL PRIMARY KEY,
  run bigint NOT NULL,
  no int NOT NULL,
  UNIQUE (run, no)
);

-- Texts beside the job, each written once, so that a claim never rewrites them. Text and not jsonb: nothing is reordered or rounded.
CREATE TABLE overseer.job_args (
  run bigint NOT NULL,
  slot int NOT NULL,
  json text NOT NULL,
  PRIMARY KEY (run, slot)
);

CREATE TABLE overseer.job_result (
  run bigint NOT NULL,
  no int NOT NULL,
  json text NOT NULL,
  PRIMARY KEY (run, no)
);

CREATE TABLE overseer.job_failure (
  run bigint NOT NULL,
  no int NOT NULL,
  message text NOT NULL,
  exception text,
  details text,
  PRIMARY KEY (run, no)
);

CREATE VIEW overseer.run_view AS
SELECT
  r.id,
  r.key,
  g.name AS graph,
  g.version,
  CASE
    WHEN c.finished + c.failed + c.aborted < r.jobs THEN 'active'
    WHEN c.failed > 0 THEN 'failed'
    WHEN c.aborted_aloud > 0 THEN 'aborted'
    ELSE 'finished'
  END AS status,
  r.jobs,
  c.finished,
  c.failed,
  c.aborted,
  r.created_at,
  -- Never before it began, even if the server's clock was set back.
  CASE WHEN c.finished + c.failed + c.aborted = r.jobs THEN greatest(c.ended_at, r.created_at) END AS finished_at
FROM overseer.run AS r
JOIN overseer.graph AS g ON g.id = r.graph
CROSS JOIN LATERAL (
  SELECT
    coalesce(sum(n.finished), 0)::int AS finished,
    coalesce(sum(n.failed), 0)::int AS failed,
    coalesce(sum(n.aborted), 0)::int AS aborted,
    coalesce(sum(n.aborted_aloud), 0)::int AS aborted_aloud,
    max(n.ended_at) AS ended_at
  FROM (
    SELECT k.finished, k.failed, k.aborted, k.aborted_aloud, k.ended_at
    FROM overseer.run_count AS k
    WHERE r.jobs > 1 AND k.run = r.id
    UNION ALL
    SELECT (j.status = 2)::int, (j.status = 3)::int, (j.status = 4)::int, (j.status = 4 AND j.reason IN (7, 9))::int, j.finished_at
    FROM overseer.job AS j
    WHERE r.jobs = 1 AND j.run = r.id AND j.no = 0
  ) AS n
) AS c;

CREATE VIEW overseer.job_view AS
SELECT
  coalesce(n.id, j.run || '-' || j.no) AS id,
  j.run AS run_id,
  g.name AS graph,
  p.name AS type,
  s.word AS status,
  w.word AS reason,
  j.attempt,
  j.max_attempts,
  j.losses,
  'default' AS queue,
  0 AS priority,
  CASE j.args_slot WHEN 0 THEN r.args ELSE a.json END AS args,
  t.json AS result,
  CASE
    WHEN f.message IS NOT NULL THEN coalesce(f.exception || ': ', '') || f.message
    WHEN c.no IS NOT NULL THEN 'Dependency ' || cp.name || ' (' || coalesce(cn.id, c.run || '-' || c.no) || ') '
      || CASE c.status WHEN 3 THEN 'failed' ELSE 'was aborted' END || ': ' || cw.word || '.'
  END AS failure,
  j.waiting AS waiting_on,
  coalesce(nullif(k.label, ''), k.id::text) AS worker,
  r.created_at,
  j.run_at,
  CASE WHEN j.started_at IS NOT NULL THEN greatest(j.started_at, r.created_at) END AS started_at,
  k.beat_at AS heartbeat_at,
  CASE WHEN j.finished_at IS NOT NULL THEN greatest(j.finished_at, j.started_at, r.created_at) END AS finished_at
FROM overseer.job AS j
JOIN overseer.run AS r ON r.id = j.run
JOIN overseer.graph AS g ON g.id = r.graph
JOIN overseer.job_type AS p ON p.id = j.type
JOIN overseer.job_status AS s ON s.code = j.status
LEFT JOIN overseer.job_reason AS w ON w.code = j.reason
LEFT JOIN overseer.job_name AS n ON n.run = j.run AND n.no = j.no
LEFT JOIN overseer.job_args AS a ON a.run = j.run AND a.slot = j.args_slot
LEFT JOIN overseer.job_result AS t ON t.run = j.run AND t.no = j.no
LEFT JOIN overseer.job_failure AS f ON f.run = j.run AND f.no = j.no
LEFT JOIN overseer.worker AS k ON k.no = j.worker
LEFT JOIN overseer.job AS c ON c.run = j.run AND c.no = j.cause
LEFT JOIN overseer.job_type AS cp ON cp.id = c.type
LEFT JOIN overseer.job_reason AS cw ON cw.code = c.reason
LEFT JOIN overseer.job_name AS cn ON cn.run = c.run AND cn.no = c.no;

CREATE VIEW overseer.dependency_view AS
SELECT
  e.run AS run_id,
  coalesce(n.id, e.run || '-' || e.no) AS job_id,
  coalesce(d.id, e.run || '-' || e.dep) AS depends_on
FROM overseer.edge AS e
LEFT JOIN overseer.job_name AS n ON n.run = e.run AND n.no = e.no
LEFT JOIN overseer.job_name AS d ON d.run = e.run AND d.no = e.dep;

INSERT INTO overseer.schema_version (version, oldest_worker) VALUES (1, 1);
