-- The schema of one Overseer file. Times are milliseconds since 1970 in UTC; the views at the end show them as text.
PRAGMA application_id = 1331057490; -- 'OVSR'

-- One row per migration. oldest_worker: the lowest schema version that a program must know to work with this one.
CREATE TABLE overseer_schema (
  version INTEGER NOT NULL PRIMARY KEY,
  oldest_worker INTEGER NOT NULL
) STRICT;

INSERT INTO overseer_schema (version, oldest_worker) VALUES (1, 1);

CREATE TABLE job_status (code INTEGER NOT NULL PRIMARY KEY, word TEXT NOT NULL) STRICT;

INSERT INTO job_status (code, word)
VALUES (0, 'unstarted'), (1, 'started'), (2, 'finished'), (3, 'failed'), (4, 'aborted');

CREATE TABLE job_reason (code INTEGER NOT NULL PRIMARY KEY, word TEXT NOT NULL) STRICT;

INSERT INTO job_reason (code, word)
VALUES (1, 'exception'), (2, 'timeout'), (3, 'worker_lost'), (4, 'attempts_exhausted'), (5, 'result_rejected'), (6, 'unreadable'),
  (7, 'abort'), (8, 'abort_silent'), (9, 'cancelled'), (10, 'skipped'), (11, 'dependency_failed'), (12, 'dependency_aborted');

-- AUTOINCREMENT: a run's number is never given twice, not even after the newest run is deleted.
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT UNIQUE,
  graph TEXT NOT NULL,
  version TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  jobs INTEGER NOT NULL,
  finished INTEGER NOT NULL DEFAULT 0 CHECK (finished >= 0),
  failed INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0),
  aborted INTEGER NOT NULL DEFAULT 0 CHECK (aborted >= 0),
  aborted_aloud INTEGER NOT NULL DEFAULT 0 CHECK (aborted_aloud >= 0),
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK (finished + failed + aborted <= jobs)
) STRICT;

-- beat_at and lease_ms say when it may be taken for dead; a dead worker has no row.
CREATE TABLE worker (
  id TEXT NOT NULL PRIMARY KEY,
  label TEXT NOT NULL,
  lease_ms INTEGER NOT NULL,
  beat_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- waiting: dependencies not finished yet. closed: dependencies that failed or were aborted. cause: the one that closed it.
CREATE TABLE job (
  run INTEGER NOT NULL,
  no INTEGER NOT NULL,
  type TEXT NOT NULL,
  status INTEGER NOT NULL DEFAULT 0,
  reason INTEGER,
  cause INTEGER,
  waiting INTEGER NOT NULL CHECK (waiting >= 0),
  closed INTEGER NOT NULL DEFAULT 0 CHECK (closed >= 0),
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  max_attempts INTEGER NOT NULL,
  losses INTEGER NOT NULL DEFAULT 0,
  snoozes INTEGER NOT NULL DEFAULT 0,
  faults INTEGER NOT NULL DEFAULT 0,
  lease INTEGER NOT NULL DEFAULT 0,
  worker TEXT,
  run_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  PRIMARY KEY (run, no),
  CHECK ((status = 1) = (worker IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Only what can be claimed is in these two, so a claim costs the same whatever else the file holds.
CREATE INDEX job_ready ON job (type, run_at, run, no) WHERE status = 0 AND waiting = 0 AND losses = 0;

CREATE INDEX job_ready_with_losses ON job (type, run_at, run, no) WHERE status = 0 AND waiting = 0 AND losses > 0;

CREATE INDEX job_started ON job (worker, losses) WHERE status = 1;

CREATE TABLE edge (
  run INTEGER NOT NULL,
  dep INTEGER NOT NULL,
  no INTEGER NOT NULL,
  PRIMARY KEY (run, dep, no)
) STRICT, WITHOUT ROWID;

CREATE INDEX edge_by_dependent ON edge (run, no, dep);

-- Ids that users chose.
CREATE TABLE job_name (
  id TEXT NOT NULL PRIMARY KEY,
  run INTEGER NOT NULL,
  no INTEGER NOT NULL,
  UNIQUE (run, no)
) STRICT, WITHOUT ROWID;

-- Beside the job, so that a claim never rewrites them.
CREATE TABLE job_args (
  run INTEGER NOT NULL,
  no INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (run, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_result (
  run INTEGER NOT NULL,
  no INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (run, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_failure (
  run INTEGER NOT NULL,
  no INTEGER NOT NULL,
  message TEXT NOT NULL,
  exception TEXT,
  details TEXT,
  PRIMARY KEY (run, no)
) STRICT, WITHOUT ROWID;

CREATE VIEW job_view AS
SELECT
  coalesce(n.id, j.run || '-' || j.no) AS id,
  j.run AS run_id,
  r.graph AS graph,
  j.type AS type,
  s.word AS status,
  w.word AS reason,
  j.attempt AS attempt,
  j.max_attempts AS max_attempts,
  j.losses AS losses,
  'default' AS queue,
  0 AS priority,
  a.json AS args,
  t.json AS result,
  CASE
    WHEN f.message IS NOT NULL THEN coalesce(f.exception || ': ', '') || f.message
    WHEN c.no IS NOT NULL THEN 'Dependency ' || c.type || ' (' || coalesce(cn.id, c.run || '-' || c.no) || ') '
      || CASE c.status WHEN 3 THEN 'failed' ELSE 'was aborted' END || ': ' || cw.word || '.'
  END AS failure,
  j.waiting AS waiting_on,
  coalesce(nullif(k.label, ''), j.worker) AS worker,
  strftime('%Y-%m-%dT%H:%M:%fZ', r.created_at / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', j.run_at / 1000.0, 'unixepoch') AS run_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', j.started_at / 1000.0, 'unixepoch') AS started_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', k.beat_at / 1000.0, 'unixepoch') AS heartbeat_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', j.finished_at / 1000.0, 'unixepoch') AS finished_at
FROM job AS j
JOIN run AS r ON r.id = j.run
JOIN job_status AS s ON s.code = j.status
LEFT JOIN job_reason AS w ON w.code = j.reason
LEFT JOIN job_name AS n ON n.run = j.run AND n.no = j.no
LEFT JOIN job_args AS a ON a.run = j.run AND a.no = j.no
LEFT JOIN job_result AS t ON t.run = j.run AND t.no = j.no
LEFT JOIN job_failure AS f ON f.run = j.run AND f.no = j.no
LEFT JOIN worker AS k ON k.id = j.worker
LEFT JOIN job AS c ON c.run = j.run AND c.no = j.cause
LEFT JOIN job_reason AS cw ON cw.code = c.reason
LEFT JOIN job_name AS cn ON cn.run = c.run AND cn.no = c.no;

CREATE VIEW run_view AS
SELECT
  id,
  key,
  graph,
  version,
  CASE
    WHEN finished + failed + aborted < jobs THEN 'active'
    WHEN failed > 0 THEN 'failed'
    WHEN aborted_aloud > 0 THEN 'aborted'
    ELSE 'finished'
  END AS status,
  jobs,
  finished,
  failed,
  aborted,
  strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch') AS created_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', finished_at / 1000.0, 'unixepoch') AS finished_at
FROM run;

CREATE VIEW dependency_view AS
SELECT
  e.run AS run_id,
  coalesce(n.id, e.run || '-' || e.no) AS job_id,
  coalesce(d.id, e.run || '-' || e.dep) AS depends_on
FROM edge AS e
LEFT JOIN job_name AS n ON n.run = e.run AND n.no = e.no
LEFT JOIN job_name AS d ON d.run = e.run AND d.no = e.dep;
