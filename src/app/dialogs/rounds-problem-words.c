/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is wrong with a field, in the person's language.
 * The checks themselves, in the wire's English, are in model and on the server.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-problem-words.h"

typedef struct
{
  const char *field;
  const char *missing;
  const char *wrong;
} Words;

static const Words all_words[] = {
  { "hospital", N_ ("Choose a hospital"), NULL },
  { "department", N_ ("Choose a department"), NULL },
  { "appointmentDate", N_ ("Choose a day"), N_ ("Choose a day between 2000 and 2100") },
  { "appointmentTime", N_ ("Enter a time"), N_ ("Enter a time such as 10:00 or 2:30 PM") },
  { "durationMinutes", NULL, N_ ("Choose between 5 minutes and 8 hours") },
  { "patientDetails.fullName", N_ ("Enter the patient’s name"), NULL },
  { "patientDetails.email", NULL, N_ ("Enter an email address such as name@example.org") },
  { "patientDetails.phoneNumber", NULL, N_ ("Enter a phone number such as +1 234 567 890") },
  { "patientDetails.age", NULL, N_ ("Enter the age in years, from 0 to 130") },
  { "participants", N_ ("Add at least one person"), N_ ("Add at least one person") },
  { "title", N_ ("Enter a title"), NULL },
  { "scheduledAt", N_ ("Enter a day and a time"), N_ ("Choose a day between 2000 and 2100") },
  { "expectedDuration", NULL, N_ ("Choose between 5 minutes and 24 hours") },
};

/**
 * rounds_problem_words:
 * @field: the wire's name
 * @message: what the check or the server said
 *
 * Returns: a sentence to show at the field's row
 */
const char *
rounds_problem_words (const char *field, const char *message)
{
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (all_words); i++)
    {
      const Words *words = &all_words[i];

      if (!g_str_equal (words->field, field))
        continue;
      if (words->missing != NULL && g_str_equal (message, "Required"))
        return _ (words->missing);
      if (words->wrong != NULL && g_str_has_prefix (message, "Has to"))
        return _ (words->wrong);
    }
  return message;
}
