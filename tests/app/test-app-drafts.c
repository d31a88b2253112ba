/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * What is typed into a form is in the store a moment later, and gone when it is done with.
 * That it outlives a crash is tested with the running app.
 */

#include "config.h"

#include "records.h"
#include "rounds-draft-keeper.h"
#include "rounds-sync.h"
#include "rounds-test.h"

#define KIND "new-appointment"

typedef struct
{
  RoundsStore *store;
  RoundsClock *clock;
  RoundsDraftKeeper *keeper;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = open_store ();
  fixture->clock = rounds_clock_new_fixed (0);
  fixture->keeper = rounds_draft_keeper_new (fixture->store, fixture->clock, KIND, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->keeper);
  g_clear_object (&fixture->clock);
  rounds_test_drain ();
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
}

/* The draft that the store has, or NULL. (transfer full) */
static char *
dup_kept (Fixture *fixture)
{
  g_autoptr (DexFuture) future = rounds_store_load_draft (fixture->store, KIND, NULL);
  const GValue *value;

  rounds_test_wait_for (future);
  value = dex_future_get_value (future, NULL);
  return value != NULL ? g_strdup (((RoundsStoreDraft *)g_value_get_boxed (value))->payload) : NULL;
}

static gboolean
has_kept (gpointer data)
{
  g_autofree char *kept = dup_kept (data);

  return kept != NULL;
}

static gboolean
has_forgotten (gpointer data)
{
  return !has_kept (data);
}

static void
test_keeps_by_itself (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;

  rounds_draft_keeper_set (fixture->keeper, "{\"title\":\"R\"}");
  rounds_draft_keeper_set (fixture->keeper, "{\"title\":\"Rota\"}");
  g_assert_false (has_kept (fixture));
  rounds_test_wait_until (has_kept, fixture);
  kept = dup_kept (fixture);
  g_assert_cmpstr (kept, ==, "{\"title\":\"Rota\"}");

  rounds_draft_keeper_set (fixture->keeper, NULL);
  rounds_test_wait_until (has_forgotten, fixture);
}

/* A key every 50 ms. */
#define TYPING_MS 50

typedef struct
{
  Fixture *fixture;
  guint n_keys;
} Typing;

static gboolean
type_cb (gpointer data)
{
  Typing *typing = data;
  g_autofree char *payload = g_strdup_printf ("{\"n\":%u}", ++typing->n_keys);

  rounds_draft_keeper_set (typing->fixture->keeper, payload);
  return G_SOURCE_CONTINUE;
}

static gboolean
has_kept_some (gpointer data)
{
  return has_kept (((Typing *)data)->fixture);
}

/* Who types without a pause has what was typed on the disk within two seconds all the same. */
static void
test_keeps_while_typing (Fixture *fixture, gconstpointer data)
{
  Typing typing = { fixture, 0 };
  guint source = g_timeout_add (TYPING_MS, type_cb, &typing);

  rounds_test_wait_until (has_kept_some, &typing);
  g_source_remove (source);
  g_assert_cmpuint (typing.n_keys, >, 1);
  g_assert_cmpuint (typing.n_keys * TYPING_MS, <, 2000);
}

static void
test_flush (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;

  rounds_draft_keeper_set (fixture->keeper, "{\"title\":\"Rota\"}");
  rounds_test_expect (rounds_draft_keeper_flush (fixture->keeper));
  kept = dup_kept (fixture);
  g_assert_cmpstr (kept, ==, "{\"title\":\"Rota\"}");

  rounds_draft_keeper_set (fixture->keeper, "{}");
  rounds_draft_keeper_set (fixture->keeper, NULL);
  rounds_test_expect (rounds_draft_keeper_flush (fixture->keeper));
  g_assert_true (has_forgotten (fixture));
}

/* Two forms open on two records do not see each other's drafts. */
static void
test_record (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = make_id (7);
  g_autoptr (RoundsDraftKeeper) other
      = rounds_draft_keeper_new (fixture->store, fixture->clock, KIND, id);

  rounds_draft_keeper_set (other, "{}");
  rounds_test_expect (rounds_draft_keeper_flush (other));
  g_assert_true (has_forgotten (fixture));
}

/* While an edit takes its place nothing writes it, not even a form that closes. */
static void
test_handed_over (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStoreDraft) typed = NULL;
  g_autoptr (GError) conflict
      = g_error_new_literal (ROUNDS_SYNC_ERROR, ROUNDS_SYNC_ERROR_CONFLICT, "twice");
  g_autoptr (GError) refusal = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no");

  rounds_draft_keeper_set (fixture->keeper, "{\"title\":\"Rota\"}");
  typed = rounds_draft_keeper_hand_over (fixture->keeper);
  g_assert_cmpstr (typed->kind, ==, KIND);
  g_assert_cmpstr (typed->record, ==, "");
  g_assert_cmpstr (typed->payload, ==, "{\"title\":\"Rota\"}");
  rounds_test_expect (rounds_draft_keeper_flush (fixture->keeper));
  g_assert_true (has_forgotten (fixture));

  /* The engine keeps that one. */
  rounds_draft_keeper_take_back (fixture->keeper, conflict);
  rounds_test_expect (rounds_draft_keeper_flush (fixture->keeper));
  g_assert_true (has_forgotten (fixture));

  rounds_draft_keeper_take_back (fixture->keeper, refusal);
  rounds_test_expect (rounds_draft_keeper_flush (fixture->keeper));
  g_assert_true (has_kept (fixture));
}

static void
count_failure_cb (RoundsDraftKeeper *keeper, const GError *error, guint *n_failures)
{
  g_assert_nonnull (error);
  (*n_failures)++;
}

static gboolean
has_failed (gpointer data)
{
  return *(guint *)data > 0;
}

static void
test_says_when_it_fails (Fixture *fixture, gconstpointer data)
{
  guint n_failures = 0;

  g_signal_connect (fixture->keeper, "failed", G_CALLBACK (count_failure_cb), &n_failures);
  rounds_test_expect (rounds_store_close (fixture->store));
  rounds_draft_keeper_set (fixture->keeper, "{}");
  rounds_test_wait_until (has_failed, &n_failures);
  g_assert_cmpuint (n_failures, ==, 1);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);

#define ADD(name, test)                                                                            \
  g_test_add ("/Rounds/App/DraftKeeper/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("keeps-by-itself", test_keeps_by_itself);
  ADD ("keeps-while-typing", test_keeps_while_typing);
  ADD ("flush", test_flush);
  ADD ("record", test_record);
  ADD ("handed-over", test_handed_over);
  ADD ("says-when-it-fails", test_says_when_it_fails);
#undef ADD
  return g_test_run ();
}
