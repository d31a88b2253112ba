/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A list of what is wrong with somebody's input.
 * It judges nothing itself; the rules are in model, the types in rounds-json.h.
 */

#include "rounds-problems.h"

struct _RoundsProblems
{
  GPtrArray *items;
};

static void
free_problem (gpointer data)
{
  RoundsProblem *problem = data;

  g_free (problem->field);
  g_free (problem->message);
  g_free (problem);
}

static void
take_problem (RoundsProblems *self, char *field, char *message)
{
  RoundsProblem *problem = g_new0 (RoundsProblem, 1);

  problem->field = field;
  problem->message = message;
  g_ptr_array_add (self->items, problem);
}

RoundsProblems *
rounds_problems_new (void)
{
  RoundsProblems *self = g_new0 (RoundsProblems, 1);

  self->items = g_ptr_array_new_with_free_func (free_problem);
  return self;
}

RoundsProblems *
rounds_problems_copy (const RoundsProblems *self)
{
  RoundsProblems *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = rounds_problems_new ();
  for (guint i = 0; i < self->items->len; i++)
    {
      const RoundsProblem *problem = g_ptr_array_index (self->items, i);

      take_problem (copy, g_strdup (problem->field), g_strdup (problem->message));
    }
  return copy;
}

void
rounds_problems_free (RoundsProblems *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->items);
  g_free (self);
}

void
rounds_problems_add (RoundsProblems *self, const char *field, const char *format, ...)
{
  va_list args;

  g_return_if_fail (self != NULL);
  g_return_if_fail (field != NULL);
  g_return_if_fail (format != NULL);

  va_start (args, format);
  take_problem (self, g_strdup (field), g_strdup_vprintf (format, args));
  va_end (args);
}

guint
rounds_problems_get_length (const RoundsProblems *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

const RoundsProblem *
rounds_problems_get (const RoundsProblems *self, guint position)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (position < self->items->len, NULL);

  return g_ptr_array_index (self->items, position);
}

const char *
rounds_problems_find (const RoundsProblems *self, const char *field)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const RoundsProblem *problem = g_ptr_array_index (self->items, i);

      if (g_str_equal (problem->field, field))
        return problem->message;
    }
  return NULL;
}
