/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * A person's record, and what it may not be like.
 * It decides nothing about what the person may do.
 */

#include "rounds-user.h"

#include "rounds-appointment-draft.h"
#include "rounds-draft-private.h"
#include "rounds-text.h"

#define OLDEST 130
#define MAX_GENDER 50

G_DEFINE_BOXED_TYPE (RoundsUser, rounds_user, rounds_user_ref, rounds_user_unref)

static void
clear_user (gpointer data)
{
  RoundsUser *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->email);
  g_free (self->hospital_id);
  g_free (self->department);
  g_free (self->phone);
  g_free (self->gender);
}

RoundsUser *
rounds_user_new (void)
{
  RoundsUser *self = g_atomic_rc_box_new0 (RoundsUser);

  self->age = -1;
  return self;
}

RoundsUser *
rounds_user_ref (RoundsUser *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rounds_user_unref (RoundsUser *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_user);
}

RoundsUser *
rounds_user_copy (const RoundsUser *self)
{
  RoundsUser *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = rounds_user_new ();
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->email = g_strdup (self->email);
  copy->role = self->role;
  copy->hospital_id = g_strdup (self->hospital_id);
  copy->department = g_strdup (self->department);
  copy->phone = g_strdup (self->phone);
  copy->age = self->age;
  copy->gender = g_strdup (self->gender);
  copy->version = self->version;
  return copy;
}

void
rounds_user_check (const RoundsUser *self, RoundsProblems *problems)
{
  g_return_if_fail (self != NULL && problems != NULL);

  rounds_draft_check_line (self->name, "name", TRUE, ROUNDS_MAX_NAME, problems);
  if (rounds_text_is_blank (self->email))
    rounds_problems_add (problems, "email", "Required");
  else if (!rounds_email_looks_valid (self->email))
    rounds_problems_add (problems, "email", "Has to be an e-mail address such as name@example.org");
  if (self->role != ROUNDS_ROLE_ADMIN && self->hospital_id == NULL)
    rounds_problems_add (problems, "hospital", "Required");
  rounds_draft_check_id (self->hospital_id, "hospital", problems);
  rounds_draft_check_line (self->department, "department", FALSE, ROUNDS_MAX_NAME, problems);
  if (self->phone != NULL && !rounds_phone_looks_valid (self->phone))
    rounds_problems_add (problems, "phoneNumber",
                         "Has to be a phone number such as +1 234 567 890");
  if (self->age < -1 || self->age > OLDEST)
    rounds_problems_add (problems, "age", "Has to be from 0 to %d", OLDEST);
  rounds_draft_check_line (self->gender, "gender", FALSE, MAX_GENDER, problems);
}

gboolean
rounds_user_equal (const RoundsUser *a, const RoundsUser *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b
         || (a->role == b->role && a->age == b->age && g_strcmp0 (a->id, b->id) == 0
             && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->email, b->email) == 0
             && g_strcmp0 (a->hospital_id, b->hospital_id) == 0
             && g_strcmp0 (a->department, b->department) == 0 && g_strcmp0 (a->phone, b->phone) == 0
             && g_strcmp0 (a->gender, b->gender) == 0);
}
