/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The three-way merge of a change, case by case.
 * That the engine asks for it is tested with the outbox.
 */

#include "config.h"

#include "rounds-appointment-draft.h"
#include "rounds-status.h"
#include "rounds-sync-merge.h"
#include "rounds-test.h"

#define CONFIRMED ROUNDS_APPOINTMENT_CONFIRMED
#define ARRIVED ROUNDS_APPOINTMENT_ARRIVED
#define ACTIVE ROUNDS_APPOINTMENT_ACTIVE
#define HEADING "— Grace, 10:00 —"

typedef struct
{
  const char *name;
  RoundsMergeFields base;
  RoundsMergeFields mine;
  RoundsMergeFields theirs;
  RoundsMergeResult result;
  const char *notes;
} MergeCase;

static const MergeCase cases[] = {
  { "nothing happened",
    { CONFIRMED, NULL },
    { ARRIVED, NULL },
    { CONFIRMED, NULL },
    ROUNDS_MERGE_SEND,
    NULL },
  { "notes go with it",
    { CONFIRMED, NULL },
    { ARRIVED, "At the desk" },
    { CONFIRMED, NULL },
    ROUNDS_MERGE_SEND,
    "At the desk" },
  { "it is so already",
    { CONFIRMED, NULL },
    { ARRIVED, NULL },
    { ARRIVED, NULL },
    ROUNDS_MERGE_DONE,
    NULL },
  { "with the same notes",
    { CONFIRMED, NULL },
    { ARRIVED, "Here" },
    { ARRIVED, "Here" },
    ROUNDS_MERGE_DONE,
    NULL },
  { "somebody added notes",
    { CONFIRMED, NULL },
    { ARRIVED, NULL },
    { CONFIRMED, "Theirs" },
    ROUNDS_MERGE_SEND,
    NULL },
  { "both set the status",
    { CONFIRMED, NULL },
    { ARRIVED, NULL },
    { ACTIVE, NULL },
    ROUNDS_MERGE_CONFLICT,
    NULL },
  { "both, and notes",
    { CONFIRMED, NULL },
    { ARRIVED, "Mine" },
    { ACTIVE, "Theirs" },
    ROUNDS_MERGE_CONFLICT,
    NULL },
  { "both wrote notes",
    { CONFIRMED, NULL },
    { ARRIVED, "Mine" },
    { CONFIRMED, "Theirs" },
    ROUNDS_MERGE_SEND,
    "Theirs\n\n" HEADING "\nMine" },
  { "theirs is the beginning of mine",
    { CONFIRMED, NULL },
    { ARRIVED, "First\nSecond" },
    { CONFIRMED, "First" },
    ROUNDS_MERGE_SEND,
    "First\nSecond" },
  { "both replaced them",
    { CONFIRMED, "Old" },
    { ARRIVED, "Mine" },
    { CONFIRMED, "Theirs" },
    ROUNDS_MERGE_SEND,
    "Theirs\n\n" HEADING "\nMine" },
  { "both added to them",
    { CONFIRMED, "Old" },
    { ARRIVED, "Old\nMine" },
    { CONFIRMED, "Old\nNew" },
    ROUNDS_MERGE_SEND,
    "Old\nNew\n\n" HEADING "\nMine" },
  { "mine are there",
    { CONFIRMED, "Old" },
    { ARRIVED, "Old\nMine" },
    { CONFIRMED, "Old\nMine\nMore" },
    ROUNDS_MERGE_SEND,
    NULL },
  { "put together before, and they wrote more",
    { CONFIRMED, "Theirs" },
    { ARRIVED, "Theirs\n\n" HEADING "\nMine" },
    { CONFIRMED, "Theirs\nMore" },
    ROUNDS_MERGE_SEND,
    "Theirs\nMore\n\n" HEADING "\nMine" },
  { "put together before, and there without the heading",
    { CONFIRMED, "Theirs" },
    { ARRIVED, "Theirs\n\n" HEADING "\nMine" },
    { CONFIRMED, "Theirs\nMine\nMore" },
    ROUNDS_MERGE_SEND,
    NULL },
  { "a word of mine is in a word there",
    { CONFIRMED, NULL },
    { ARRIVED, "ill" },
    { CONFIRMED, "Still well" },
    ROUNDS_MERGE_SEND,
    "Still well\n\n" HEADING "\nill" },
  { "only they wrote",
    { CONFIRMED, "Old" },
    { ARRIVED, "Old" },
    { CONFIRMED, "New" },
    ROUNDS_MERGE_SEND,
    NULL },
  { "they cleared, I wrote",
    { CONFIRMED, "Old" },
    { ARRIVED, "Mine" },
    { CONFIRMED, NULL },
    ROUNDS_MERGE_SEND,
    "Mine" },
  { "I cleared",
    { CONFIRMED, "Old" },
    { ARRIVED, "" },
    { CONFIRMED, "Old" },
    ROUNDS_MERGE_SEND,
    "" },
  { "I cleared, they wrote",
    { CONFIRMED, "Old" },
    { ARRIVED, "" },
    { CONFIRMED, "New" },
    ROUNDS_MERGE_SEND,
    NULL },
  { "empty is none",
    { CONFIRMED, "" },
    { ARRIVED, "" },
    { ARRIVED, NULL },
    ROUNDS_MERGE_DONE,
    NULL },
  { "status is so, notes are not",
    { CONFIRMED, NULL },
    { ARRIVED, "Mine" },
    { ARRIVED, "Theirs" },
    ROUNDS_MERGE_SEND,
    "Theirs\n\n" HEADING "\nMine" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MergeCase *item = &cases[i];
      g_autofree char *notes = NULL;

      g_test_message ("%s", item->name);
      g_assert_cmpint (rounds_merge (&item->base, &item->mine, &item->theirs, HEADING, &notes), ==,
                       item->result);
      g_assert_cmpstr (notes, ==, item->notes);
    }
}

/* What was merged once and sent is not merged with itself when its answer got lost. */
static void
test_merging_again_changes_nothing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const MergeCase *item = &cases[i];
      g_autofree char *notes = NULL;
      g_autofree char *again = NULL;
      RoundsMergeFields rebased;
      RoundsMergeFields sent;

      if (rounds_merge (&item->base, &item->mine, &item->theirs, HEADING, &notes)
          != ROUNDS_MERGE_SEND)
        continue;
      g_test_message ("%s", item->name);
      rebased = (RoundsMergeFields){ item->mine.status, notes };
      sent = (RoundsMergeFields){ rebased.status, notes != NULL ? notes : item->theirs.notes };
      g_assert_cmpint (rounds_merge (&item->theirs, &rebased, &sent, HEADING, &again), ==,
                       ROUNDS_MERGE_DONE);
      g_assert_null (again);
    }
}

static void
test_notes_that_grow_too_long (void)
{
  g_autofree char *long_notes = g_strnfill (ROUNDS_MAX_NOTES, 'x');
  g_autofree char *notes = NULL;
  const RoundsMergeFields base = { CONFIRMED, NULL };
  const RoundsMergeFields mine = { ARRIVED, "Mine" };
  const RoundsMergeFields theirs = { CONFIRMED, long_notes };

  g_assert_cmpint (rounds_merge (&base, &mine, &theirs, HEADING, &notes), ==,
                   ROUNDS_MERGE_CONFLICT);
  g_assert_null (notes);
}

int
main (int argc, char *argv[])
{
  rounds_test_init (&argc, &argv);
  g_test_add_func ("/Rounds/Sync/Merge/table", test_table);
  g_test_add_func ("/Rounds/Sync/Merge/merging-again-changes-nothing",
                   test_merging_again_changes_nothing);
  g_test_add_func ("/Rounds/Sync/Merge/notes-that-grow-too-long", test_notes_that_grow_too_long);
  return g_test_run ();
}
