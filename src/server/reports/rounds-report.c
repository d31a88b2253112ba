/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A summary of appointments and meetings, group by group.
 * The database finds the rows; days and weeks are the hospital's, which only we can tell.
 */

#include "config.h"

#include "rounds-report.h"

#include "rounds-clock.h"
#include "rounds-wall-time.h"

/* Samples of a call, added up: count and sum of each. */
#define SAMPLES                                                                                    \
  "SELECT record_id, count (quality) AS nq, CAST (sum (quality) AS BIGINT) AS sq,"                 \
  " count (rtt) AS nr, CAST (sum (rtt) AS BIGINT) AS sr, count (loss) AS nl,"                      \
  " CAST (sum (loss) AS BIGINT) AS sl FROM call_quality GROUP BY record_id"
#define SAMPLE_COLUMNS " q.nq, q.sq, q.nr, q.sr, q.nl, q.sl"

static const char appointments_sql[]
    = "SELECT a.starts_at, a.status, a.department, a.doctor_id, d.name, a.arrived_at,"
      " a.started_at, a.ended_at, missed.cause," SAMPLE_COLUMNS " FROM appointments a"
      " LEFT JOIN users d ON d.id = a.doctor_id"
      " LEFT JOIN call_steps missed ON missed.kind = 'appointment'"
      " AND missed.record_id = a.id AND missed.status = 'no-show'"
      " LEFT JOIN (" SAMPLES ") q ON q.record_id = a.id"
      " WHERE a.starts_at >= $1 AND a.starts_at < $2 AND ($3 = '' OR a.hospital_id = $3)";
static const char meetings_sql[]
    = "SELECT m.scheduled_at, m.status, m.started_at, m.ended_at," SAMPLE_COLUMNS " FROM meetings m"
      " LEFT JOIN (" SAMPLES ") q ON q.record_id = m.id"
      " WHERE m.scheduled_at >= $1 AND m.scheduled_at < $2 AND ($3 = ''"
      " OR m.created_by IN (SELECT id FROM users WHERE hospital_id = $3)"
      " OR m.id IN (SELECT p.meeting_id FROM meeting_participants p JOIN users u ON u.id = "
      "p.user_id"
      " WHERE u.hospital_id = $3))";

static const char *const groupings[] = { "day", "week", "month", "department", "doctor", "status" };

/* A report that is being made. */
typedef struct
{
  const RoundsReportQuestion *question;
  GHashTable *groups; /* char * → RoundsReportGroup, borrowed key */
  RoundsReportGroup *total;
} Making;

const char *
rounds_grouping_to_string (RoundsGrouping grouping)
{
  return groupings[grouping];
}

gboolean
rounds_grouping_from_string (const char *text, RoundsGrouping *out)
{
  g_return_val_if_fail (text != NULL && out != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (groupings); i++)
    {
      if (g_str_equal (groupings[i], text))
        {
          *out = (RoundsGrouping)i;
          return TRUE;
        }
    }
  return FALSE;
}

void
rounds_report_group_free (RoundsReportGroup *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->label);
  g_free (self);
}

guint
rounds_report_group_count_appointments (const RoundsReportGroup *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (self->appointments); i++)
    n += self->appointments[i];
  return n;
}

guint
rounds_report_group_count_meetings (const RoundsReportGroup *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (self->meetings); i++)
    n += self->meetings[i];
  return n;
}

static RoundsReportGroup *
new_group (const char *key, const char *label)
{
  RoundsReportGroup *self = g_new0 (RoundsReportGroup, 1);

  self->key = g_strdup (key);
  self->label = g_strdup (label);
  return self;
}

static char *
get_week (const char *date)
{
  g_autoptr (GDateTime) day = NULL;
  int year, month, day_of_month;

  if (!rounds_wall_time_parse_date (date, &year, &month, &day_of_month))
    return g_strdup ("");
  day = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  return g_date_time_format (day, "%G-W%V");
}

/* What a record that began at @moment counts under. @department and @doctor may be NULL. */
static char *
make_key (const RoundsReportQuestion *question, gint64 moment, const char *status,
          const char *department, const char *doctor)
{
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;

  rounds_wall_time_from_moment (question->zone, moment, &date, &time);
  switch (question->grouping)
    {
    case ROUNDS_GROUP_WEEK:
      return get_week (date);
    case ROUNDS_GROUP_MONTH:
      return g_strndup (date, strlen ("2024-01"));
    case ROUNDS_GROUP_DEPARTMENT:
      return g_strdup (department != NULL ? department : "");
    case ROUNDS_GROUP_DOCTOR:
      return g_strdup (doctor != NULL ? doctor : "");
    case ROUNDS_GROUP_STATUS:
      return g_strdup (status);
    case ROUNDS_GROUP_DAY:
    default:
      return g_steal_pointer (&date);
    }
}

/* Takes @key. */
static RoundsReportGroup *
get_group (Making *self, char *key, const char *label)
{
  g_autofree char *taken = key;
  RoundsReportGroup *group = g_hash_table_lookup (self->groups, taken);

  if (group == NULL)
    {
      group = new_group (taken, label);
      g_hash_table_insert (self->groups, group->key, group);
    }
  return group;
}

static void
add_value (RoundsReportValues *values, gint64 n, gint64 sum)
{
  values->n += n;
  values->sum += sum;
  values->most = MAX (values->most, sum);
}

/* Seconds between two moments that are both known and in order. */
static void
add_span (RoundsReportValues *values, gint64 from, gint64 to)
{
  if (from != ROUNDS_TIME_NONE && to != ROUNDS_TIME_NONE && to >= from)
    add_value (values, 1, (to - from) / ROUNDS_SECOND);
}

/* The six columns from @column on. */
static void
add_samples (RoundsReportGroup *group, RoundsDbStatement *statement, int column)
{
  add_value (&group->quality, rounds_db_get_int (statement, column),
             rounds_db_get_int (statement, column + 1));
  add_value (&group->rtt, rounds_db_get_int (statement, column + 2),
             rounds_db_get_int (statement, column + 3));
  add_value (&group->loss, rounds_db_get_int (statement, column + 4),
             rounds_db_get_int (statement, column + 5));
}

static void
count_appointment (RoundsReportGroup *group, RoundsDbStatement *statement)
{
  RoundsAppointmentStatus status = ROUNDS_APPOINTMENT_REQUESTED;
  gint64 active = rounds_db_get_time (statement, 6);

  /* The table's own check lets no other word in. */
  if (!rounds_appointment_status_from_string (rounds_db_get_text (statement, 1), &status))
    g_assert_not_reached ();
  group->appointments[status]++;
  if (status == ROUNDS_APPOINTMENT_NO_SHOW)
    group->no_shows[rounds_no_show_cause_from_string (rounds_db_get_text (statement, 8))]++;
  add_span (&group->wait, rounds_db_get_time (statement, 5), active);
  add_span (&group->duration, active, rounds_db_get_time (statement, 7));
  add_samples (group, statement, 9);
}

static void
add_appointment (Making *self, RoundsDbStatement *statement)
{
  const char *doctor = rounds_db_get_text (statement, 3);
  gboolean by_doctor = self->question->grouping == ROUNDS_GROUP_DOCTOR;
  char *key
      = make_key (self->question, rounds_db_get_time (statement, 0),
                  rounds_db_get_text (statement, 1), rounds_db_get_text (statement, 2), doctor);

  count_appointment (get_group (self, key, by_doctor ? rounds_db_get_text (statement, 4) : NULL),
                     statement);
  count_appointment (self->total, statement);
}

static void
count_meeting (RoundsReportGroup *group, RoundsDbStatement *statement)
{
  RoundsMeetingStatus status = ROUNDS_MEETING_SCHEDULED;

  if (!rounds_meeting_status_from_string (rounds_db_get_text (statement, 1), &status))
    g_assert_not_reached ();
  group->meetings[status]++;
  add_span (&group->duration, rounds_db_get_time (statement, 2), rounds_db_get_time (statement, 3));
  add_samples (group, statement, 4);
}

static void
add_meeting (Making *self, RoundsDbStatement *statement)
{
  char *key = make_key (self->question, rounds_db_get_time (statement, 0),
                        rounds_db_get_text (statement, 1), NULL, NULL);

  count_meeting (get_group (self, key, NULL), statement);
  count_meeting (self->total, statement);
}

static gboolean
add_all (Making *self, RoundsDb *db, const char *sql,
         void (*add) (Making *self, RoundsDbStatement *statement), GError **error)
{
  g_autoptr (RoundsDbStatement) statement = rounds_db_prepare (db, sql, error);
  const char *hospital = self->question->hospital_id;
  RoundsDbStep step;

  if (statement == NULL)
    return FALSE;
  rounds_db_bind_int (statement, 1, self->question->range.start);
  rounds_db_bind_int (statement, 2, self->question->range.end);
  rounds_db_bind_text (statement, 3, hospital != NULL ? hospital : "");
  while ((step = rounds_db_step (statement, error)) == ROUNDS_DB_ROW)
    add (self, statement);
  return step == ROUNDS_DB_DONE;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(RoundsReportGroup *const *)a)->key, (*(RoundsReportGroup *const *)b)->key);
}

GPtrArray *
rounds_report_make (RoundsDb *db, const RoundsReportQuestion *question, GError **error)
{
  g_autoptr (GPtrArray) groups
      = g_ptr_array_new_with_free_func ((GDestroyNotify)rounds_report_group_free);
  g_autoptr (GHashTable) table = g_hash_table_new (g_str_hash, g_str_equal);
  Making making = { .question = question, .groups = table };
  GHashTableIter iter;
  gpointer group;
  gboolean made;

  g_return_val_if_fail (db != NULL && question != NULL, NULL);

  making.total = new_group ("total", NULL);
  made = add_all (&making, db, appointments_sql, add_appointment, error)
         && add_all (&making, db, meetings_sql, add_meeting, error);
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    g_ptr_array_add (groups, group);
  g_ptr_array_sort (groups, compare_groups);
  g_ptr_array_add (groups, making.total);
  return made ? g_steal_pointer (&groups) : NULL;
}
