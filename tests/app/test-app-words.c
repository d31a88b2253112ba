/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * Times, statuses and errors in words.
 * How they look on a page is for the display tests.
 */

#include "config.h"

#include <string.h>

#include "records.h"
#include "rounds-api.h"
#include "rounds-error-words.h"
#include "rounds-secrets.h"
#include "rounds-person-words.h"
#include "rounds-status-look.h"
#include "rounds-test.h"
#include "rounds-time-words.h"
#include "rounds-when-words.h"

#define AT(hours, minutes) (MORNING + (hours) * ROUNDS_HOUR + (minutes) * ROUNDS_MINUTE)

static void
test_clock_and_span (void)
{
  g_autofree char *clock = rounds_time_words_clock (AT (6, 5), NULL);
  g_autofree char *there = rounds_time_words_clock (AT (6, 5), "America/New_York");
  g_autofree char *span
      = rounds_time_words_span (rounds_time_range_new (AT (0, 0), AT (0, 30)), NULL);

  g_assert_cmpstr (clock, ==, "14:05");
  g_assert_cmpstr (there, ==, "09:05");
  g_assert_cmpstr (span, ==, "08:00–08:30");
  g_assert_cmpint (rounds_time_words_clock_width (), ==, 5);
}

static void
test_day (void)
{
  static const struct
  {
    gint64 moment;
    const char *day;
    const char *when;
  } cases[] = {
    { AT (6, 0), "Today", "Today 14:00" },
    { AT (-8, 0), "Today", "Today 00:00" },
    { AT (-8, -1), "Yesterday", "Yesterday 23:59" },
    { AT (16, 0), "Tomorrow", "Tomorrow 00:00" },
    { AT (40, 0), "Wednesday, 17 January", "Wednesday, 17 January, 00:00" },
    { AT (-24 * 15, 0), "Sunday, 31 December 2023", "Sunday, 31 December 2023, 08:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = rounds_time_words_day (cases[i].moment, MORNING);
      g_autofree char *when = rounds_time_words_when (cases[i].moment, MORNING);

      g_assert_cmpstr (day, ==, cases[i].day);
      g_assert_cmpstr (when, ==, cases[i].when);
    }
}

static void
test_relative (void)
{
  static const struct
  {
    gint64 away; /* seconds */
    const char *words;
  } cases[] = {
    { 12 * 60, "in 12 minutes" },
    { 61, "in 2 minutes" },
    { 1, "in 1 minute" },
    { 0, "Now" },
    { -59, "Now" },
    { -60, NULL },
    { 3600, "in 60 minutes" },
    { 3601, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words
          = rounds_time_words_relative (MORNING + cases[i].away * ROUNDS_SECOND, MORNING);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_late (void)
{
  g_autofree char *late = rounds_time_words_late (MORNING - 8 * ROUNDS_MINUTE, MORNING);
  g_autofree char *very = rounds_time_words_late (MORNING - 95 * ROUNDS_MINUTE, MORNING);

  g_assert_cmpstr (late, ==, "8 min late");
  g_assert_cmpstr (very, ==, "1 h 35 min late");
}

static void
test_opens (void)
{
  static const struct
  {
    gint64 moment;
    const char *words;
  } cases[] = {
    { AT (1, 5), "Opens at 09:05" },
    { AT (24, 0), "Opens tomorrow at 08:00" },
    { AT (72, 0), "Opens Thursday, 18 January, at 08:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = rounds_time_words_opens (cases[i].moment, MORNING);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_lengths (void)
{
  static const struct
  {
    int minutes;
    const char *words;
    const char *waiting;
  } cases[] = {
    { 0, "0 min", "Just arrived" },
    { 8, "8 min", "Waiting 8 min" },
    { 60, "1 h", "Waiting 1 h" },
    { 95, "1 h 35 min", "Waiting 1 h 35 min" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = rounds_time_words_minutes (cases[i].minutes);
      g_autofree char *waiting
          = rounds_time_words_waiting (MORNING, MORNING + cases[i].minutes * ROUNDS_MINUTE);

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (waiting, ==, cases[i].waiting);
    }
}

/* Of the visit's own day the time says enough. */
static void
test_happened (void)
{
  g_autofree char *same_day = rounds_time_words_happened (AT (6, 5), AT (15, 0));
  g_autofree char *next_day = rounds_time_words_happened (AT (24, 5), AT (15, 0));

  g_assert_cmpstr (same_day, ==, "14:05");
  g_assert_cmpstr (next_day, ==, "Tuesday, 16 January 2024, 08:05");
}

static void
test_elsewhere (void)
{
  RoundsTimeRange range = rounds_time_range_new (AT (6, 0), AT (6, 30));
  g_autofree char *there = rounds_time_words_elsewhere (range, "America/New_York");
  /* The same clock under another name is no other time; UTC here, as the tests' own zone. */
  g_autofree char *same = rounds_time_words_elsewhere (range, "Africa/Abidjan");
  g_autofree char *unknown = rounds_time_words_elsewhere (range, "Nowhere/Land");
  g_autofree char *none = rounds_time_words_elsewhere (range, NULL);

  g_assert_cmpstr (there, ==, "09:00–09:30 in New York");
  g_assert_null (same);
  g_assert_null (unknown);
  g_assert_null (none);
}

/* What is not open then is said, with the hours of that day; nothing where no hours are known. */
static void
test_when_words (void)
{
  static const RoundsOpening openings[] = {
    { G_DATE_MONDAY, 9 * 60, 12 * 60 },
    { G_DATE_MONDAY, 14 * 60, 17 * 60 },
  };
  static const struct
  {
    int hours, minutes; /* after 8:00, that is 9:00 in Berlin */
    gboolean knows;
    const char *words;
  } cases[] = {
    { 0, 30, TRUE, "08:00–08:30 here, 09:00–09:30 in Berlin" },
    { 3, 30, TRUE,
      "11:00–11:30 here, 12:00–12:30 in Berlin · The hospital is open 09:00–12:00, 14:00–17:00" },
    { 3, 30, FALSE, "11:00–11:30 here, 12:00–12:30 in Berlin" },
    { 24, 30, TRUE,
      "08:00–08:30 here, 09:00–09:30 in Berlin · The hospital is closed on this day" },
    { -24, 30, TRUE, "08:00–08:30 here, 09:00–09:30 in Berlin · This time has passed" },
  };
  g_autoptr (GArray) hours
      = g_array_append_vals (rounds_openings_new (), openings, G_N_ELEMENTS (openings));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RoundsTimeRange range
          = rounds_time_range_new (AT (cases[i].hours, 0), AT (cases[i].hours, cases[i].minutes));
      g_autofree char *words
          = rounds_when_words (range, "Europe/Berlin", cases[i].knows ? hours : NULL, MORNING);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Whoever does not see colours has to tell statuses apart by word and by shape. */
static void
test_titles (void)
{
  static const struct
  {
    const char *name;
    const char *without;
  } cases[] = {
    { "Dr. Leyla Aydın", "Leyla Aydın" },
    { "Prof. Dr. med. Jürgen Weiß", "Jürgen Weiß" },
    { "د. ليلى حداد", "ليلى حداد" },
    { "J. R. Okafor", "J. R. Okafor" },
    { "María Fernández", "María Fernández" },
    { "Dr.", "Dr." },
    { "Dr. ", "Dr. " },
    { "", "" },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (rounds_person_words_skip_title (cases[i].name), ==, cases[i].without);
}

static void
test_looks_differ (void)
{
  for (int a = 0; a < ROUNDS_N_APPOINTMENT_STATUSES; a++)
    {
      for (int b = 0; b < a; b++)
        {
          RoundsStatusLook one = rounds_status_look_of_appointment (a);
          RoundsStatusLook other = rounds_status_look_of_appointment (b);

          g_assert_cmpstr (one.word, !=, other.word);
          g_assert_cmpstr (one.icon_name, !=, other.icon_name);
        }
    }
  for (int a = 0; a < ROUNDS_N_MEETING_STATUSES; a++)
    {
      for (int b = 0; b < a; b++)
        g_assert_cmpstr (rounds_status_look_of_meeting (a).icon_name, !=,
                         rounds_status_look_of_meeting (b).icon_name);
    }
}

static void
test_looks_of_entries (void)
{
  g_autoptr (RoundsAppointment) appointment = make_appointment (1, "Ana");
  g_autoptr (RoundsMeeting) meeting = make_meeting (2, "Review");
  g_autoptr (RoundsEntry) one = rounds_entry_new_for_appointment (appointment);
  g_autoptr (RoundsEntry) other = rounds_entry_new_for_meeting (meeting);

  g_assert_cmpstr (rounds_status_look_of_entry (one).word, ==, "Confirmed");
  g_assert_cmpstr (rounds_status_look_of_entry (other).word, ==, "Scheduled");
}

static void
test_errors (void)
{
  static const struct
  {
    int code;
    const char *title;
    RoundsWayForward way;
  } cases[] = {
    { ROUNDS_NET_ERROR_ADDRESS, "That is not a server address", ROUNDS_WAY_SIGN_IN },
    { ROUNDS_NET_ERROR_UNREACHABLE, "Rounds can’t reach rounds.example.org", ROUNDS_WAY_TRY_AGAIN },
    { ROUNDS_NET_ERROR_TLS, "rounds.example.org can’t prove who it is", ROUNDS_WAY_TRY_AGAIN },
    { ROUNDS_NET_ERROR_UNAUTHORIZED, "You are signed out", ROUNDS_WAY_SIGN_IN },
    { ROUNDS_NET_ERROR_BUSY, "rounds.example.org is busy", ROUNDS_WAY_TRY_AGAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new (ROUNDS_NET_ERROR, cases[i].code, "code 0x17");
      g_autoptr (RoundsErrorWords) words
          = rounds_error_words_new (error, "https://rounds.example.org:8443/x");

      g_assert_cmpstr (words->title, ==, cases[i].title);
      g_assert_cmpint (words->way, ==, cases[i].way);
      /* Technical words stand under Details only. */
      g_assert_null (strstr (words->body, "0x17"));
      g_assert_cmpstr (words->details, ==, "code 0x17");
    }
}

/* Where nobody knows its name, it is called what it is. */
static void
test_errors_without_server (void)
{
  static const struct
  {
    int code;
    const char *title;
  } cases[] = {
    { ROUNDS_NET_ERROR_UNREACHABLE, "Rounds can’t reach the server" },
    { ROUNDS_NET_ERROR_BUSY, "The server is busy" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (ROUNDS_NET_ERROR, cases[i].code, "");
      g_autoptr (RoundsErrorWords) words = rounds_error_words_new (error, NULL);

      g_assert_cmpstr (words->title, ==, cases[i].title);
    }
}

/* What the server refused, it says best itself. */
static void
test_refusal_in_own_words (void)
{
  g_autoptr (GError) error = g_error_new (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_CONFLICT,
                                          "The doctor is taken until 10:30");
  g_autofree char *line = rounds_error_words_line (error, NULL);

  g_assert_cmpstr (line, ==, "Somebody was faster: The doctor is taken until 10:30");
}

static void
test_unsent_edit (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (ROUNDS_NET_ERROR, ROUNDS_NET_ERROR_UNREACHABLE, "refused");
  g_autofree char *line = rounds_error_words_line (error, "http://127.0.0.1:1");

  g_assert_nonnull (strstr (line, "Nothing was changed"));
}

static void
test_unknown_error (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space");
  g_autoptr (RoundsErrorWords) words = rounds_error_words_new (error, NULL);

  g_assert_cmpstr (words->title, ==, "Something went wrong");
  g_assert_cmpstr (words->body, ==, "No space");
}

static void
test_keyring_errors (void)
{
  for (int code = ROUNDS_SECRET_ERROR_UNAVAILABLE; code <= ROUNDS_SECRET_ERROR_REFUSED; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (ROUNDS_SECRET_ERROR, code, "dbus");
      g_autoptr (RoundsErrorWords) words = rounds_error_words_new (error, NULL);

      g_assert_nonnull (strstr (words->title, "keyring"));
      g_assert_cmpint (words->way, ==, ROUNDS_WAY_TRY_AGAIN);
    }
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

  g_test_add_func ("/Rounds/App/TimeWords/clock-and-span", test_clock_and_span);
  g_test_add_func ("/Rounds/App/TimeWords/day", test_day);
  g_test_add_func ("/Rounds/App/TimeWords/relative", test_relative);
  g_test_add_func ("/Rounds/App/TimeWords/late", test_late);
  g_test_add_func ("/Rounds/App/TimeWords/opens", test_opens);
  g_test_add_func ("/Rounds/App/TimeWords/lengths", test_lengths);
  g_test_add_func ("/Rounds/App/TimeWords/happened", test_happened);
  g_test_add_func ("/Rounds/App/TimeWords/elsewhere", test_elsewhere);
  g_test_add_func ("/Rounds/App/WhenWords/hours", test_when_words);
  g_test_add_func ("/Rounds/App/PersonWords/titles", test_titles);
  g_test_add_func ("/Rounds/App/StatusLook/differs", test_looks_differ);
  g_test_add_func ("/Rounds/App/StatusLook/of-entries", test_looks_of_entries);
  g_test_add_func ("/Rounds/App/ErrorWords/net", test_errors);
  g_test_add_func ("/Rounds/App/ErrorWords/without-server", test_errors_without_server);
  g_test_add_func ("/Rounds/App/ErrorWords/refusal", test_refusal_in_own_words);
  g_test_add_func ("/Rounds/App/ErrorWords/unsent-edit", test_unsent_edit);
  g_test_add_func ("/Rounds/App/ErrorWords/unknown", test_unknown_error);
  g_test_add_func ("/Rounds/App/ErrorWords/keyring", test_keyring_errors);
  return g_test_run ();
}
