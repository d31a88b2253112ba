/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The summary over HTTP, as JSON or CSV.
 * It names no patient: who is behind the numbers cannot be asked here.
 */

#include "config.h"

#include "rounds-report-handlers.h"

#include "rounds-hospital-repository.h"
#include "rounds-id.h"
#include "rounds-json.h"
#include "rounds-report.h"
#include "rounds-request-private.h"
#include "rounds-response-private.h"
#include "rounds-wall-time.h"

#include <string.h>

#define DEFAULT_DAYS 30
#define MAX_DAYS 400

/* Reading the question */

/* When a day begins on the hospital's clock: where the clock skips midnight, an hour later. */
static gboolean
read_day (const char *zone, const char *text, gint64 *moment)
{
  gint64 noon = 0;

  if (!rounds_wall_time_to_moment (zone, text, "12:00", &noon, NULL))
    return FALSE;
  *moment = rounds_wall_time_day_of (zone, noon).start;
  return TRUE;
}

/* "2024-01-15" on the hospital's clock, or a moment. */
static void
read_time (RoundsRequest *request, const char *name, const char *zone, gint64 *moment,
           RoundsProblems *problems)
{
  const char *text = rounds_request_get_query (request, name);

  if (rounds_request_get_time (request, name, moment) || read_day (zone, text, moment))
    return;
  rounds_problems_add (problems, name, "Has to be a date such as 2024-01-15, or a time");
}

static void
check_format (RoundsRequest *request, RoundsProblems *problems)
{
  const char *format = rounds_request_get_query (request, "format");

  if (format != NULL && !g_str_equal (format, "json") && !g_str_equal (format, "csv"))
    rounds_problems_add (problems, "format", "Has to be json or csv");
}

static RoundsResponse *
read_question (RoundsRequest *request, RoundsReportQuestion *question)
{
  g_autoptr (RoundsProblems) problems = rounds_problems_new ();
  const char *grouping = rounds_request_get_query (request, "groupBy");
  RoundsTimeRange *range = &question->range;

  range->end = rounds_wall_time_day_of (question->zone, rounds_request_get_now (request)).end;
  read_time (request, "to", question->zone, &range->end, problems);
  range->start = rounds_wall_time_day_offset (question->zone, range->end, -DEFAULT_DAYS).start;
  read_time (request, "from", question->zone, &range->start, problems);
  if (rounds_problems_get_length (problems) == 0 && range->end <= range->start)
    rounds_problems_add (problems, "to", "Has to be after from");
  else if (range->end - range->start > MAX_DAYS * ROUNDS_DAY)
    rounds_problems_add (problems, "to", "Has to be within %d days after from", MAX_DAYS);
  if (grouping != NULL && !rounds_grouping_from_string (grouping, &question->grouping))
    rounds_problems_add (problems, "groupBy",
                         "Has to be day, week, month, department, doctor or status");
  check_format (request, problems);
  return rounds_response_any_problems (400, problems);
}

/* Security: staff see their own hospital and nothing of others, whatever they ask for. */
static RoundsResponse *
find_hospital (RoundsRequest *request, RoundsHospital **hospital)
{
  const RoundsUser *caller = rounds_request_get_caller (request);
  const char *id = rounds_request_get_query (request, "hospital");
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    id = caller->hospital_id;
  if (id == NULL)
    return NULL;
  if (caller->role != ROUNDS_ROLE_ADMIN && g_strcmp0 (id, caller->hospital_id) != 0)
    return rounds_response_forbidden ("You may only see the reports of your hospital");
  if (rounds_id_is_valid (id)
      && !rounds_hospital_repository_find (rounds_request_get_db (request), id, hospital, &error))
    return rounds_response_from_error (error);
  return *hospital != NULL ? NULL : rounds_response_not_found ("hospital");
}

/* Answering in JSON */

static double
get_average (const RoundsReportValues *values)
{
  return values->n > 0 ? (double)values->sum / (double)values->n : 0;
}

static double
get_no_show_rate (const RoundsReportGroup *group)
{
  guint shown = group->appointments[ROUNDS_APPOINTMENT_COMPLETED];
  guint missed = group->appointments[ROUNDS_APPOINTMENT_NO_SHOW];

  return shown + missed > 0 ? (double)missed / (shown + missed) : 0;
}

/* What was never measured is left out. */
static void
write_average (JsonObject *object, const char *member, const RoundsReportValues *values)
{
  if (values->n > 0)
    json_object_set_double_member (object, member, get_average (values));
}

static JsonObject *
write_appointments (const RoundsReportGroup *group)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "total", rounds_report_group_count_appointments (group));
  for (int i = 0; i < ROUNDS_N_APPOINTMENT_STATUSES; i++)
    json_object_set_int_member (object, rounds_appointment_status_to_string (i),
                                group->appointments[i]);
  return object;
}

static JsonObject *
write_meetings (const RoundsReportGroup *group)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "total", rounds_report_group_count_meetings (group));
  for (int i = 0; i < ROUNDS_N_MEETING_STATUSES; i++)
    json_object_set_int_member (object, rounds_meeting_status_to_string (i), group->meetings[i]);
  return object;
}

static JsonObject *
write_span (const RoundsReportValues *values)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "count", values->n);
  json_object_set_int_member (object, "totalSeconds", values->sum);
  write_average (object, "averageSeconds", values);
  if (values->n > 0)
    json_object_set_int_member (object, "longestSeconds", values->most);
  return object;
}

/* What a cause is called here; a person who says that somebody did not show up says no cause. */
static const char *
get_cause_name (RoundsNoShowCause cause)
{
  return cause != ROUNDS_CAUSE_NONE ? rounds_no_show_cause_to_string (cause) : "unknown";
}

static JsonObject *
write_no_shows (const RoundsReportGroup *group)
{
  JsonObject *object = json_object_new ();

  for (int i = 0; i < ROUNDS_N_NO_SHOW_CAUSES; i++)
    json_object_set_int_member (object, get_cause_name (i), group->no_shows[i]);
  return object;
}

static JsonObject *
write_group (const RoundsReportGroup *group)
{
  JsonObject *object = json_object_new ();
  JsonObject *quality = json_object_new ();

  json_object_set_string_member (object, "key", group->key);
  if (group->label != NULL)
    json_object_set_string_member (object, "label", group->label);
  json_object_set_object_member (object, "appointments", write_appointments (group));
  json_object_set_object_member (object, "meetings", write_meetings (group));
  json_object_set_object_member (object, "duration", write_span (&group->duration));
  json_object_set_object_member (object, "wait", write_span (&group->wait));
  json_object_set_double_member (object, "noShowRate", get_no_show_rate (group));
  json_object_set_object_member (object, "noShows", write_no_shows (group));
  json_object_set_int_member (quality, "samples", group->quality.n);
  write_average (quality, "average", &group->quality);
  write_average (quality, "rtt", &group->rtt);
  write_average (quality, "loss", &group->loss);
  json_object_set_object_member (object, "quality", quality);
  return object;
}

static RoundsResponse *
answer_json (const RoundsReportQuestion *question, GPtrArray *groups)
{
  JsonObject *data = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autofree char *from = rounds_time_to_rfc3339 (question->range.start);
  g_autofree char *to = rounds_time_to_rfc3339 (question->range.end);

  json_object_set_string_member (data, "from", from);
  json_object_set_string_member (data, "to", to);
  json_object_set_string_member (data, "timezone", question->zone);
  json_object_set_string_member (data, "groupBy", rounds_grouping_to_string (question->grouping));
  for (guint i = 0; i + 1 < groups->len; i++)
    json_array_add_object_element (array, write_group (g_ptr_array_index (groups, i)));
  json_object_set_array_member (data, "groups", array);
  json_object_set_object_member (data, "total",
                                 write_group (g_ptr_array_index (groups, groups->len - 1)));
  return rounds_response_success (200, data);
}

/* Answering in CSV */

/* Security: a spreadsheet takes a text that begins like this for a formula; departments and names
 * are what somebody typed. */
static void
add_cell (GString *csv, const char *text)
{
  g_autoptr (GString) cell = g_string_new (text);

  g_string_replace (cell, "\"", "\"\"", 0);
  g_string_append_printf (csv, "\"%s%s\"",
                          cell->len > 0 && strchr ("=+-@\t\r", *cell->str) ? "'" : "", cell->str);
}

static void
add_number (GString *csv, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  /* A point in every language, and no more digits than mean something. */
  g_string_append_printf (csv, ",%s", g_ascii_formatd (text, sizeof text, "%.2f", number));
}

static void
add_average (GString *csv, const RoundsReportValues *values)
{
  if (values->n > 0)
    add_number (csv, get_average (values));
  else
    g_string_append_c (csv, ',');
}

static void
add_row (GString *csv, const RoundsReportGroup *group)
{
  add_cell (csv, group->key);
  g_string_append_c (csv, ',');
  add_cell (csv, group->label != NULL ? group->label : "");
  g_string_append_printf (csv, ",%u", rounds_report_group_count_appointments (group));
  for (int i = 0; i < ROUNDS_N_APPOINTMENT_STATUSES; i++)
    g_string_append_printf (csv, ",%u", group->appointments[i]);
  g_string_append_printf (csv, ",%u", rounds_report_group_count_meetings (group));
  for (int i = 0; i < ROUNDS_N_MEETING_STATUSES; i++)
    g_string_append_printf (csv, ",%u", group->meetings[i]);
  g_string_append_printf (csv, ",%" G_GINT64_FORMAT, group->duration.sum);
  add_average (csv, &group->duration);
  add_average (csv, &group->wait);
  add_number (csv, get_no_show_rate (group));
  g_string_append_printf (csv, ",%" G_GINT64_FORMAT, group->quality.n);
  add_average (csv, &group->quality);
  add_average (csv, &group->rtt);
  add_average (csv, &group->loss);
  for (int i = 0; i < ROUNDS_N_NO_SHOW_CAUSES; i++)
    g_string_append_printf (csv, ",%u", group->no_shows[i]);
  g_string_append (csv, "\r\n");
}

static void
add_head (GString *csv, RoundsGrouping grouping)
{
  g_string_append_printf (csv, "%s,label,appointments", rounds_grouping_to_string (grouping));
  for (int i = 0; i < ROUNDS_N_APPOINTMENT_STATUSES; i++)
    g_string_append_printf (csv, ",appointments %s", rounds_appointment_status_to_string (i));
  g_string_append (csv, ",meetings");
  for (int i = 0; i < ROUNDS_N_MEETING_STATUSES; i++)
    g_string_append_printf (csv, ",meetings %s", rounds_meeting_status_to_string (i));
  g_string_append (csv, ",duration s,average duration s,average wait s,no-show rate,samples,"
                        "quality %,rtt ms,loss %");
  for (int i = 0; i < ROUNDS_N_NO_SHOW_CAUSES; i++)
    g_string_append_printf (csv, ",no-shows %s", get_cause_name (i));
  g_string_append (csv, "\r\n");
}

static RoundsResponse *
answer_csv (const RoundsReportQuestion *question, GPtrArray *groups)
{
  GString *csv = g_string_new (NULL);
  RoundsResponse *response = rounds_response_new_empty (200);

  add_head (csv, question->grouping);
  for (guint i = 0; i < groups->len; i++)
    add_row (csv, g_ptr_array_index (groups, i));
  response->body = g_string_free (csv, FALSE);
  rounds_response_add_header (response, "Content-Type", "text/csv; charset=utf-8; header=present");
  rounds_response_add_header (response, "Content-Disposition",
                              "attachment; filename=\"rounds-summary.csv\"");
  return response;
}

static gboolean
wants_csv (RoundsRequest *request)
{
  const char *format = rounds_request_get_query (request, "format");

  if (format != NULL)
    return g_str_equal (format, "csv");
  return request->accept != NULL && g_str_has_prefix (request->accept, "text/csv");
}

RoundsResponse *
rounds_report_handlers_summary (RoundsRequest *request)
{
  RoundsReportQuestion question = { .zone = "UTC" };
  g_autoptr (RoundsHospital) hospital = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GError) error = NULL;
  RoundsResponse *refusal = find_hospital (request, &hospital);

  if (hospital != NULL)
    {
      question.zone = hospital->timezone;
      question.hospital_id = hospital->id;
    }
  if (refusal == NULL)
    refusal = read_question (request, &question);
  if (refusal != NULL)
    return refusal;

  groups = rounds_report_make (rounds_request_get_db (request), &question, &error);
  if (groups == NULL)
    return rounds_response_from_error (error);
  return wants_csv (request) ? answer_csv (&question, groups) : answer_json (&question, groups);
}
