/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The form for a meeting, a new one or one that is changed: title, people, time, kind.
 * The engine sends it; who may meet whom is model's.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-meeting-dialog.h"

#include "rounds-first-free.h"
#include "rounds-meeting-people.h"
#include "rounds-people-group.h"
#include "rounds-wall-time.h"
#include "rounds-when-draft.h"
#include "rounds-when-group.h"
#include "rounds-wire-changes.h"

#define MOST_MINUTES (24 * 60)

struct _RoundsMeetingDialog
{
  RoundsFormDialog parent_instance;

  AdwEntryRow *title_row;
  RoundsProblemRow *title_problem;
  AdwEntryRow *description_row;
  RoundsPeopleGroup *people_group;
  RoundsWhenGroup *when_group;
  AdwToggleGroup *kind_toggles;

  RoundsUser *user;
  RoundsMeeting *before; /* what is changed, as the person saw it; NULL for a new one */
  RoundsFirstFree *first_free; /* NULL before a form for a new one is started */
};

G_DEFINE_FINAL_TYPE (RoundsMeetingDialog, rounds_meeting_dialog, ROUNDS_TYPE_FORM_DIALOG)

/* --- what the form holds --- */

/* Who changes a meeting need not be the one who made it, and is not among the rows. */
static gboolean
has_self (RoundsMeetingDialog *self)
{
  return self->before != NULL
         && g_strv_contains ((const char *const *)self->before->participants, self->user->id);
}

/* Whose meeting it is, for the rule of who may meet whom. */
static RoundsRole
get_creator_role (RoundsMeetingDialog *self)
{
  RoundsSync *sync = rounds_form_dialog_get_sync (ROUNDS_FORM_DIALOG (self));
  RoundsUser *creator
      = self->before != NULL && self->before->created_by != NULL && sync != NULL
            ? rounds_store_lookup_user (rounds_sync_get_store (sync), self->before->created_by)
            : NULL;

  return creator != NULL ? creator->role : self->user->role;
}

static gsize
collect_roles (RoundsMeetingDialog *self, RoundsRole roles[ROUNDS_MAX_PARTICIPANTS])
{
  gsize n_roles = rounds_people_group_collect_roles (self->people_group, roles);

  if (has_self (self) && n_roles < ROUNDS_MAX_PARTICIPANTS)
    roles[n_roles++] = self->user->role;
  return n_roles;
}

static RoundsMeetingType
read_kind (RoundsMeetingDialog *self)
{
  RoundsMeetingType type = ROUNDS_MEETING_VIDEO;

  (void)rounds_meeting_type_from_string (adw_toggle_group_get_active_name (self->kind_toggles),
                                         &type);
  return type;
}

/* The form as a request; without a time while none can be read. (transfer full) */
static RoundsMeetingDraft *
read_form (RoundsMeetingDialog *self, GError **error)
{
  RoundsMeetingDraft *draft = rounds_meeting_draft_new ();
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  RoundsTimeRange range;

  rounds_people_group_collect_ids (self->people_group, ids);
  if (has_self (self))
    g_strv_builder_add (ids, self->user->id);
  g_strfreev (draft->participants);
  draft->participants = g_strv_builder_end (ids);

  draft->title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title_row))));
  draft->description
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->description_row))));
  draft->type = read_kind (self);
  draft->expected_minutes = rounds_when_group_get_minutes (self->when_group);
  if (rounds_when_group_read (self->when_group, &range, error))
    draft->scheduled_at = range.start;
  return draft;
}

/* --- what the form says --- */

/* What these people make, or why they do not, in words. (transfer full) */
static char *
show_people (RoundsMeetingDialog *self, gboolean *fits)
{
  RoundsRole roles[ROUNDS_MAX_PARTICIPANTS];
  gsize n_roles = collect_roles (self, roles);
  g_autofree char *count = rounds_meeting_people_count (roles, n_roles);
  g_autofree char *words
      = rounds_meeting_people_explain (get_creator_role (self), roles, n_roles, fits);

  rounds_people_group_say (self->people_group, count, words, !*fits && n_roles > 0);
  return g_steal_pointer (&words);
}

static gboolean
has_same_people (RoundsMeetingDialog *self, const RoundsMeetingDraft *draft)
{
  char **before = self->before != NULL ? self->before->participants : NULL;
  gboolean is_same
      = before != NULL && g_strv_length (before) == g_strv_length (draft->participants);

  for (gsize i = 0; is_same && before[i] != NULL; i++)
    is_same = g_strv_contains ((const char *const *)draft->participants, before[i]);
  return is_same;
}

static gboolean
is_unchanged (RoundsMeetingDialog *self, const RoundsMeetingDraft *draft)
{
  g_autoptr (JsonObject) changes = rounds_wire_changes_of_meeting (self->before, draft);

  return json_object_get_size (changes) == 0;
}

static void
rounds_meeting_dialog_check (RoundsFormDialog *dialog, RoundsProblems *problems)
{
  RoundsMeetingDialog *self = ROUNDS_MEETING_DIALOG (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsMeetingDraft) draft = read_form (self, &error);
  g_autofree char *words = NULL;
  gboolean fits = FALSE;

  if (error != NULL)
    rounds_problems_add (
        problems, "scheduledAt", "%s",
        g_error_matches (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_SKIPPED)
            ? error->message
            : _ ("Enter a time such as 10:00 or 2:30 PM"));
  rounds_meeting_draft_check (draft, problems);
  words = show_people (self, &fits);
  if (rounds_problems_get_length (problems) > 0)
    return;
  if (!fits && !has_same_people (self, draft))
    rounds_problems_add (problems, "participants", "%s", words);
  else if (self->before != NULL && is_unchanged (self, draft))
    rounds_problems_add (problems, "", "%s", _ ("Nothing is changed yet"));
}

/* Until the person has a time in mind, the first one that suits herself is proposed. */
static void
propose_time (RoundsMeetingDialog *self)
{
  if (self->first_free != NULL && !rounds_when_group_is_chosen (self->when_group))
    rounds_first_free_ask (self->first_free, self->user->id, NULL,
                           rounds_when_group_get_minutes (self->when_group));
}

static void
edited_cb (RoundsMeetingDialog *self)
{
  rounds_form_dialog_edited (ROUNDS_FORM_DIALOG (self));
  propose_time (self);
}

/* --- sending --- */

static DexFuture *
make_entry (DexFuture *created, gpointer data)
{
  const GValue *value = dex_future_get_value (created, NULL);

  return dex_future_new_take_object (rounds_entry_new_for_meeting (g_value_get_boxed (value)));
}

/* Other people may make it another kind of meeting. */
static void
work_out_context (RoundsMeetingDialog *self, RoundsMeetingDraft *draft)
{
  RoundsRole roles[ROUNDS_MAX_PARTICIPANTS];
  gsize n_roles = collect_roles (self, roles);

  draft->has_role_context = rounds_role_context_work_out (get_creator_role (self), roles, n_roles,
                                                          FALSE, &draft->role_context)
                            == ROUNDS_PEOPLE_OK;
}

static DexFuture *
rounds_meeting_dialog_send (RoundsFormDialog *dialog, const RoundsStoreDraft *typed)
{
  RoundsMeetingDialog *self = ROUNDS_MEETING_DIALOG (dialog);
  g_autoptr (RoundsMeetingDraft) draft = read_form (self, NULL);
  RoundsSync *sync = rounds_form_dialog_get_sync (dialog);

  if (self->before == NULL)
    return dex_future_then (rounds_sync_create_meeting (sync, draft, typed), make_entry, NULL,
                            NULL);

  if (!has_same_people (self, draft))
    work_out_context (self, draft);
  return dex_future_then (rounds_sync_edit_meeting (sync, self->before, draft, typed), make_entry,
                          NULL, NULL);
}

/* --- the draft --- */

static void
rounds_meeting_dialog_write (RoundsFormDialog *dialog, JsonObject *draft)
{
  RoundsMeetingDialog *self = ROUNDS_MEETING_DIALOG (dialog);

  json_object_set_string_member (draft, "title",
                                 gtk_editable_get_text (GTK_EDITABLE (self->title_row)));
  json_object_set_string_member (draft, "description",
                                 gtk_editable_get_text (GTK_EDITABLE (self->description_row)));
  json_object_set_string_member (draft, "meetingType",
                                 adw_toggle_group_get_active_name (self->kind_toggles));
  rounds_people_group_write (self->people_group, draft);
  rounds_when_draft_write (self->when_group, draft);
}

static void
rounds_meeting_dialog_restore (RoundsFormDialog *dialog, JsonObject *draft)
{
  RoundsMeetingDialog *self = ROUNDS_MEETING_DIALOG (dialog);
  const char *type = json_object_get_string_member_with_default (draft, "meetingType", NULL);

  rounds_people_group_restore (self->people_group, draft);
  gtk_editable_set_text (GTK_EDITABLE (self->title_row),
                         json_object_get_string_member_with_default (draft, "title", ""));
  gtk_editable_set_text (GTK_EDITABLE (self->description_row),
                         json_object_get_string_member_with_default (draft, "description", ""));
  if (type != NULL && rounds_meeting_type_from_string (type, &(RoundsMeetingType){ 0 }))
    adw_toggle_group_set_active_name (self->kind_toggles, type);
  if (self->first_free != NULL)
    rounds_first_free_forget (self->first_free);
  rounds_when_draft_restore (self->when_group, draft);
  edited_cb (self);
}

/* --- the class --- */

static void
rounds_meeting_dialog_dispose (GObject *object)
{
  RoundsMeetingDialog *self = ROUNDS_MEETING_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_MEETING_DIALOG);
  g_clear_object (&self->first_free);
  g_clear_pointer (&self->user, rounds_user_unref);
  g_clear_pointer (&self->before, rounds_meeting_unref);

  G_OBJECT_CLASS (rounds_meeting_dialog_parent_class)->dispose (object);
}

static void
rounds_meeting_dialog_class_init (RoundsMeetingDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RoundsFormDialogClass *form_class = ROUNDS_FORM_DIALOG_CLASS (klass);

  object_class->dispose = rounds_meeting_dialog_dispose;
  form_class->check = rounds_meeting_dialog_check;
  form_class->send = rounds_meeting_dialog_send;
  form_class->write = rounds_meeting_dialog_write;
  form_class->restore = rounds_meeting_dialog_restore;

  g_type_ensure (ROUNDS_TYPE_PEOPLE_GROUP);
  g_type_ensure (ROUNDS_TYPE_PROBLEM_ROW);
  g_type_ensure (ROUNDS_TYPE_WHEN_GROUP);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-meeting-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, title_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, title_problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, description_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, people_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, when_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, kind_toggles);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
}

static void
rounds_meeting_dialog_init (RoundsMeetingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static RoundsMeetingDialog *
make_dialog (RoundsSync *sync)
{
  RoundsMeetingDialog *self = g_object_new (ROUNDS_TYPE_MEETING_DIALOG, NULL);
  RoundsForm *form = rounds_form_dialog_get_form (ROUNDS_FORM_DIALOG (self));

  self->user = rounds_user_ref (rounds_sync_get_user (sync));
  rounds_form_add (form, "title", GTK_WIDGET (self->title_row), self->title_problem);
  rounds_when_group_set_up (self->when_group, rounds_sync_get_clock (sync), form, "scheduledAt",
                            MOST_MINUTES);
  rounds_people_group_set_up (self->people_group,
                              rounds_store_get_people (rounds_sync_get_store (sync)), self->user);
  return self;
}

/**
 * rounds_meeting_dialog_new:
 * @sync: the signed-in person's engine
 *
 * Returns: (transfer floating): the form for a new meeting, to be presented
 */
AdwDialog *
rounds_meeting_dialog_new (RoundsSync *sync)
{
  RoundsMeetingDialog *self = NULL;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);

  self = make_dialog (sync);
  rounds_when_group_fill_in (self->when_group);
  rounds_form_dialog_start (ROUNDS_FORM_DIALOG (self), sync, "new-meeting", NULL);
  self->first_free = rounds_first_free_new (sync);
  g_signal_connect_object (self->first_free, "found", G_CALLBACK (rounds_when_group_propose),
                           self->when_group, G_CONNECT_SWAPPED);
  propose_time (self);
  return ADW_DIALOG (self);
}

static void
fill (RoundsMeetingDialog *self)
{
  const RoundsMeeting *meeting = self->before;
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;

  for (guint i = 0; meeting->participants[i] != NULL; i++)
    {
      if (!g_str_equal (meeting->participants[i], self->user->id))
        rounds_people_group_add (self->people_group, meeting->participants[i], TRUE);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->title_row), meeting->title);
  gtk_editable_set_text (GTK_EDITABLE (self->description_row),
                         meeting->description != NULL ? meeting->description : "");
  adw_toggle_group_set_active_name (self->kind_toggles,
                                    rounds_meeting_type_to_string (meeting->type));
  rounds_wall_time_from_moment (g_time_zone_get_identifier (local), meeting->scheduled_at, &date,
                                &time);
  rounds_when_group_fill (self->when_group, date, time, meeting->expected_minutes);
}

/**
 * rounds_meeting_dialog_new_for:
 * @sync: the signed-in person's engine
 * @meeting: (transfer none): the record as the person sees it
 *
 * Returns: (transfer floating): the form that changes @meeting, to be presented
 */
AdwDialog *
rounds_meeting_dialog_new_for (RoundsSync *sync, const RoundsMeeting *meeting)
{
  RoundsMeetingDialog *self = NULL;

  g_return_val_if_fail (ROUNDS_IS_SYNC (sync), NULL);
  g_return_val_if_fail (meeting != NULL, NULL);

  self = make_dialog (sync);
  self->before = rounds_meeting_copy (meeting);
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Edit Meeting"));
  rounds_form_dialog_set_verb (ROUNDS_FORM_DIALOG (self), _ ("_Save"));
  fill (self);
  rounds_form_dialog_start (ROUNDS_FORM_DIALOG (self), sync, "edit-meeting", meeting->id);
  return ADW_DIALOG (self);
}
