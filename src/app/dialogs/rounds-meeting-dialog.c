/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The form for a meeting, a new one or one that is changed: title, people, time, kind.
 * The engine sends it; who may meet whom is model's.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rounds-meeting-dialog.h"

#include "rounds-entry-words.h"
#include "rounds-first-free.h"
#include "rounds-meeting-people.h"
#include "rounds-person-picker.h"
#include "rounds-person-words.h"
#include "rounds-person.h"
#include "rounds-wall-time.h"
#include "rounds-when-group.h"
#include "rounds-wire-changes.h"

#define MOST_MINUTES (24 * 60)

struct _RoundsMeetingDialog
{
  RoundsFormDialog parent_instance;

  AdwEntryRow *title_row;
  RoundsProblemRow *title_problem;
  AdwEntryRow *description_row;
  AdwPreferencesGroup *people_group;
  GtkMenuButton *add_person_button;
  RoundsPersonPicker *picker;
  GtkListBox *people_box;
  GtkLabel *context_label;
  RoundsWhenGroup *when_group;
  AdwToggleGroup *kind_toggles;

  RoundsUser *user;
  RoundsMeeting *before; /* what is changed, as the person saw it; NULL for a new one */
  GListStore *chosen; /* of RoundsPerson */
  GtkFilter *offered_filter;
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
  gsize n_roles = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->chosen)),
                       (guint)ROUNDS_MAX_PARTICIPANTS);

  for (gsize i = 0; i < n_roles; i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (G_LIST_MODEL (self->chosen), i);

      roles[i] = rounds_person_get_user (person)->role;
    }
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
  guint n_chosen = g_list_model_get_n_items (G_LIST_MODEL (self->chosen));

  for (guint i = 0; i < n_chosen; i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (G_LIST_MODEL (self->chosen), i);

      g_strv_builder_add (ids, rounds_person_get_user (person)->id);
    }
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

static void
show_people (RoundsMeetingDialog *self, gboolean *fits)
{
  RoundsRole roles[ROUNDS_MAX_PARTICIPANTS];
  gsize n_roles = collect_roles (self, roles);
  g_autofree char *count = rounds_meeting_people_count (roles, n_roles);
  g_autofree char *words
      = rounds_meeting_people_explain (get_creator_role (self), roles, n_roles, fits);

  adw_preferences_group_set_description (self->people_group, count != NULL ? count : "");
  gtk_label_set_label (self->context_label, words);
  if (*fits || n_roles == 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self->context_label), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->context_label), "error");
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
  gboolean fits = FALSE;

  if (error != NULL)
    rounds_problems_add (
        problems, "scheduledAt", "%s",
        g_error_matches (error, ROUNDS_WALL_TIME_ERROR, ROUNDS_WALL_TIME_ERROR_SKIPPED)
            ? error->message
            : _ ("Enter a time such as 10:00 or 2:30 PM"));
  rounds_meeting_draft_check (draft, problems);
  show_people (self, &fits);
  if (rounds_problems_get_length (problems) > 0)
    return;
  if (!fits && !has_same_people (self, draft))
    rounds_problems_add (problems, "participants", "%s", gtk_label_get_label (self->context_label));
  else if (self->before != NULL && is_unchanged (self, draft))
    rounds_problems_add (problems, "", "%s", _ ("Nothing is changed yet"));
}

/* Until the person has a time in mind, the first one that suits herself is proposed. */
static void
propose_time (RoundsMeetingDialog *self)
{
  if (self->first_free != NULL && !rounds_when_group_is_chosen (self->when_group))
    rounds_first_free_ask (self->first_free, self->user->id,
                           rounds_when_group_get_minutes (self->when_group));
}

static void
edited_cb (RoundsMeetingDialog *self)
{
  rounds_form_dialog_edited (ROUNDS_FORM_DIALOG (self));
  propose_time (self);
}

/* --- people --- */

static gboolean
is_offered (gpointer item, gpointer user_data)
{
  RoundsMeetingDialog *self = ROUNDS_MEETING_DIALOG (user_data);
  RoundsUser *user = rounds_person_get_user (ROUNDS_PERSON (item));
  guint n_chosen = g_list_model_get_n_items (G_LIST_MODEL (self->chosen));

  if (g_str_equal (user->id, self->user->id))
    return FALSE;
  for (guint i = 0; i < n_chosen; i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (G_LIST_MODEL (self->chosen), i);

      if (g_str_equal (rounds_person_get_user (person)->id, user->id))
        return FALSE;
    }
  return TRUE;
}

static void
remove_person_cb (GtkButton *button, RoundsMeetingDialog *self)
{
  RoundsPerson *person = g_object_get_data (G_OBJECT (button), "person");
  guint position;

  if (!g_list_store_find (self->chosen, person, &position))
    return;

  g_list_store_remove (self->chosen, position);
  gtk_filter_changed (self->offered_filter, GTK_FILTER_CHANGE_LESS_STRICT);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_person_button));
  edited_cb (self);
}

static GtkWidget *
create_person_row (gpointer item, gpointer user_data)
{
  RoundsUser *user = rounds_person_get_user (ROUNDS_PERSON (item));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = adw_avatar_new (28, rounds_person_words_skip_title (user->name), TRUE);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* Translators: takes a person out of a meeting; the person's name */
  g_autofree char *remove = g_strdup_printf (_ ("Take out %s"), user->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), user->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rounds_role_word (user->role));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_accessible_update_state (GTK_ACCESSIBLE (avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, remove);
  g_object_set_data_full (G_OBJECT (button), "person", g_object_ref (item), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_person_cb), user_data,
                           G_CONNECT_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
person_picked_cb (RoundsMeetingDialog *self, RoundsPerson *person)
{
  g_list_store_append (self->chosen, person);
  gtk_filter_changed (self->offered_filter, GTK_FILTER_CHANGE_MORE_STRICT);
  edited_cb (self);
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
  JsonArray *people = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->chosen)); i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (G_LIST_MODEL (self->chosen), i);

      json_array_add_string_element (people, rounds_person_get_user (person)->id);
    }
  json_object_set_string_member (draft, "title",
                                 gtk_editable_get_text (GTK_EDITABLE (self->title_row)));
  json_object_set_string_member (draft, "description",
                                 gtk_editable_get_text (GTK_EDITABLE (self->description_row)));
  json_object_set_string_member (draft, "meetingType",
                                 adw_toggle_group_get_active_name (self->kind_toggles));
  json_object_set_array_member (draft, "participants", people);
  rounds_when_group_write (self->when_group, draft);
}

/* Somebody who is not in the directory stays among the people as who cannot be seen. */
static void
add_person (RoundsMeetingDialog *self, RoundsStore *store, const char *id, gboolean is_recorded)
{
  GListModel *people = rounds_store_get_people (store);
  g_autoptr (RoundsUser) unseen = NULL;
  g_autoptr (RoundsPerson) stranger = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (RoundsPerson) person = g_list_model_get_item (people, i);

      if (g_strcmp0 (rounds_person_get_user (person)->id, id) == 0)
        {
          g_list_store_append (self->chosen, person);
          return;
        }
    }
  if (!is_recorded)
    return;

  unseen = rounds_user_new ();
  unseen->id = g_strdup (id);
  unseen->name = g_strdup (_ ("Somebody you can’t see"));
  stranger = rounds_person_new (unseen);
  g_list_store_append (self->chosen, stranger);
}

static void
restore_people (RoundsMeetingDialog *self, JsonObject *draft)
{
  JsonNode *node = json_object_get_member (draft, "participants");
  JsonArray *ids = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  RoundsStore *store
      = rounds_sync_get_store (rounds_form_dialog_get_sync (ROUNDS_FORM_DIALOG (self)));

  g_list_store_remove_all (self->chosen);
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    add_person (self, store, json_array_get_string_element (ids, i), FALSE);
  gtk_filter_changed (self->offered_filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
rounds_meeting_dialog_restore (RoundsFormDialog *dialog, JsonObject *draft)
{
  RoundsMeetingDialog *self = ROUNDS_MEETING_DIALOG (dialog);
  const char *type = json_object_get_string_member_with_default (draft, "meetingType", NULL);

  restore_people (self, draft);
  gtk_editable_set_text (GTK_EDITABLE (self->title_row),
                         json_object_get_string_member_with_default (draft, "title", ""));
  gtk_editable_set_text (GTK_EDITABLE (self->description_row),
                         json_object_get_string_member_with_default (draft, "description", ""));
  if (type != NULL && rounds_meeting_type_from_string (type, &(RoundsMeetingType){ 0 }))
    adw_toggle_group_set_active_name (self->kind_toggles, type);
  if (self->first_free != NULL)
    rounds_first_free_forget (self->first_free);
  rounds_when_group_restore (self->when_group, draft);
  edited_cb (self);
}

/* --- the class --- */

static void
rounds_meeting_dialog_dispose (GObject *object)
{
  RoundsMeetingDialog *self = ROUNDS_MEETING_DIALOG (object);

  if (self->offered_filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->offered_filter), NULL, NULL, NULL);
  g_clear_object (&self->offered_filter);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_MEETING_DIALOG);
  g_clear_object (&self->chosen);
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

  g_type_ensure (ROUNDS_TYPE_PROBLEM_ROW);
  g_type_ensure (ROUNDS_TYPE_PERSON_PICKER);
  g_type_ensure (ROUNDS_TYPE_WHEN_GROUP);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/dialogs/rounds-meeting-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, title_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, title_problem);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, description_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, people_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, add_person_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, picker);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, people_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, context_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, when_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsMeetingDialog, kind_toggles);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_picked_cb);
}

static void
rounds_meeting_dialog_init (RoundsMeetingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->chosen = g_list_store_new (ROUNDS_TYPE_PERSON);
  gtk_list_box_bind_model (self->people_box, G_LIST_MODEL (self->chosen), create_person_row, self,
                           NULL);
}

static RoundsMeetingDialog *
make_dialog (RoundsSync *sync)
{
  RoundsMeetingDialog *self = g_object_new (ROUNDS_TYPE_MEETING_DIALOG, NULL);
  RoundsForm *form = rounds_form_dialog_get_form (ROUNDS_FORM_DIALOG (self));
  g_autoptr (GtkFilterListModel) offered = NULL;

  self->user = rounds_user_ref (rounds_sync_get_user (sync));
  rounds_form_add (form, "title", GTK_WIDGET (self->title_row), self->title_problem);
  rounds_when_group_set_up (self->when_group, rounds_sync_get_clock (sync), form, "scheduledAt",
                            MOST_MINUTES);
  self->offered_filter = GTK_FILTER (gtk_custom_filter_new (is_offered, self, NULL));
  offered = gtk_filter_list_model_new (
      g_object_ref (rounds_store_get_people (rounds_sync_get_store (sync))),
      g_object_ref (self->offered_filter));
  rounds_person_picker_set_people (self->picker, G_LIST_MODEL (offered));
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
fill (RoundsMeetingDialog *self, RoundsStore *store)
{
  const RoundsMeeting *meeting = self->before;
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;

  for (guint i = 0; meeting->participants[i] != NULL; i++)
    {
      if (!g_str_equal (meeting->participants[i], self->user->id))
        add_person (self, store, meeting->participants[i], TRUE);
    }
  gtk_filter_changed (self->offered_filter, GTK_FILTER_CHANGE_DIFFERENT);
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
  fill (self, rounds_sync_get_store (sync));
  rounds_form_dialog_start (ROUNDS_FORM_DIALOG (self), sync, "edit-meeting", meeting->id);
  return ADW_DIALOG (self);
}
