/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Rounds authors
 *
 * The card on top of Today: what comes next, in how long, whether the other side is there, Join.
 * What comes next is worked out in actions/rounds-join-time.h.
 */

#include "config.h"

#include "rounds-next-card.h"

#include <glib/gi18n.h>

#include "rounds-entry-words.h"
#include "rounds-focus.h"
#include "rounds-join-time.h"
#include "rounds-record-menu.h"
#include "rounds-status-pill.h"
#include "rounds-steps.h"
#include "rounds-time-words.h"
#include "rounds-waiting-model.h"
#include "rounds-waiting-row.h"

struct _RoundsNextCard
{
  AdwBin parent_instance;

  GtkLabel *overline_label;
  GtkLabel *countdown_label;
  GtkImage *kind_image;
  GtkLabel *title_label;
  GtkLabel *about_label;
  GtkLabel *when_label;
  GtkLabel *elsewhere_label;
  GtkLabel *side_label;
  RoundsStatusPill *pill;
  AdwWrapBox *state_box;
  AdwWrapBox *buttons;
  GtkButton *join_button;
  GtkButton *start_button;
  GtkLabel *opens_label;
  GtkButton *details_button;

  const char *countdown_style; /* static, the present one */
};

G_DEFINE_FINAL_TYPE (RoundsNextCard, rounds_next_card, ADW_TYPE_BIN)

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* "Maria Lopez, 54": the age only for those who treat. */
static char *
dup_title (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  g_autofree char *title = rounds_entry_words_title (entry, viewer, store);

  if (appointment == NULL || viewer->role == ROUNDS_ROLE_PATIENT || appointment->patient.age < 0)
    return g_steal_pointer (&title);
  /* Translators: a patient's name and age in years. */
  return g_strdup_printf (C_ ("name and age", "%s, %d"), title, appointment->patient.age);
}

static char *
dup_about (RoundsEntry *entry, RoundsUser *viewer, RoundsStore *store)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  g_autofree char *subtitle = rounds_entry_words_subtitle (entry, viewer, store);

  if (appointment == NULL || appointment->department == NULL
      || g_strcmp0 (subtitle, appointment->department) == 0)
    return g_steal_pointer (&subtitle);
  return g_strdup_printf ("%s · %s", subtitle, appointment->department);
}

/* What is known about the other side: nothing of a patient who waits, which the countdown says. */
static const char *
find_side (RoundsEntry *entry, RoundsUser *viewer)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  if (appointment == NULL || viewer->role == ROUNDS_ROLE_PATIENT)
    return NULL;
  return appointment->status == ROUNDS_APPOINTMENT_CONFIRMED ? _ ("Not here yet") : NULL;
}

static gboolean
is_running (RoundsEntry *entry)
{
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);

  if (appointment != NULL)
    return appointment->status == ROUNDS_APPOINTMENT_ACTIVE;
  return rounds_entry_get_meeting (entry)->status == ROUNDS_MEETING_ACTIVE;
}

static void
set_countdown (RoundsNextCard *self, const char *words, const char *style)
{
  set_label (self->countdown_label, words);
  if (self->countdown_style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->countdown_label), self->countdown_style);
  gtk_widget_add_css_class (GTK_WIDGET (self->countdown_label), style);
  self->countdown_style = style;
}

/* How long somebody has been waiting; else in how long it begins, or how late it is. */
static void
show_countdown (RoundsNextCard *self, RoundsEntry *entry, RoundsUser *viewer, gint64 now)
{
  gint64 start = rounds_entry_get_range (entry).start;
  gint64 since = rounds_waiting_since (rounds_entry_get_appointment (entry));
  g_autofree char *words = NULL;

  if (since != ROUNDS_TIME_NONE && viewer->role != ROUNDS_ROLE_PATIENT)
    {
      words = rounds_time_words_waiting (since, now);
      set_countdown (self, words, rounds_waiting_style (since, now));
      return;
    }

  if (!is_running (entry))
    words = now - start < ROUNDS_MINUTE ? rounds_time_words_relative (start, now)
                                        : rounds_time_words_late (start, now);
  set_countdown (self, words, "accent");
}

static void
show_times (RoundsNextCard *self, RoundsEntry *entry)
{
  RoundsTimeRange range = rounds_entry_get_range (entry);
  RoundsAppointment *appointment = rounds_entry_get_appointment (entry);
  g_autofree char *span = rounds_time_words_span (range, NULL);
  g_autofree char *elsewhere = NULL;

  if (appointment != NULL)
    elsewhere = rounds_time_words_elsewhere (range, appointment->timezone);
  set_label (self->when_label, span);
  set_label (self->elsewhere_label, elsewhere);
}

static void
show_buttons (RoundsNextCard *self, RoundsEntry *entry, RoundsUser *viewer, gint64 now)
{
  RoundsStep step;
  gboolean is_open = rounds_join_is_open (entry, now);
  g_autofree char *opens = NULL;

  /* Somebody who came in person is not joined but called in. */
  gtk_widget_set_visible (
      GTK_WIDGET (self->start_button),
      !rounds_entry_has_call (entry)
          && rounds_steps_find (viewer, entry, ROUNDS_APPOINTMENT_ACTIVE, &step));
  gtk_widget_set_visible (GTK_WIDGET (self->join_button), is_open);
  if (!is_open && rounds_entry_has_call (entry))
    opens = rounds_time_words_opens (rounds_join_opens_at (entry), now);
  set_label (self->opens_label, opens);

  rounds_record_set_action (GTK_ACTIONABLE (self->start_button), "record.change",
                            rounds_record_change_target (entry, ROUNDS_APPOINTMENT_ACTIVE));
  rounds_record_set_action (GTK_ACTIONABLE (self->join_button), "record.join",
                            rounds_record_target (entry));
  rounds_record_set_action (GTK_ACTIONABLE (self->details_button), "record.open",
                            rounds_record_target (entry));
}

/* The same button stands in rows and pages: whom it is about is said after its name. */
static void
describe_buttons (RoundsNextCard *self, const char *title)
{
  GtkButton *const buttons[] = { self->join_button, self->start_button, self->details_button };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (buttons[i]),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
}

static void
rounds_next_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_NEXT_CARD);

  G_OBJECT_CLASS (rounds_next_card_parent_class)->dispose (object);
}

static void
rounds_next_card_class_init (RoundsNextCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_next_card_dispose;

  g_type_ensure (ROUNDS_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/rounds_app/Rounds/agenda/rounds-next-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, overline_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, countdown_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, kind_image);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, about_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, when_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, elsewhere_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, side_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, pill);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, state_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, join_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, start_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, opens_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsNextCard, details_button);
}

static void
rounds_next_card_init (RoundsNextCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_next_card_show_entry:
 * @entry: what comes next
 * @now: µs UTC
 *
 * Shows @entry as @viewer sees it.
 */
void
rounds_next_card_show_entry (RoundsNextCard *self, RoundsEntry *entry, RoundsUser *viewer,
                             RoundsStore *store, gint64 now)
{
  g_autofree char *title = NULL;
  g_autofree char *about = NULL;
  GtkWidget *focus;

  g_return_if_fail (ROUNDS_IS_NEXT_CARD (self));
  g_return_if_fail (ROUNDS_IS_ENTRY (entry));

  focus = gtk_widget_get_focus_child (GTK_WIDGET (self->buttons));

  title = dup_title (entry, viewer, store);
  about = dup_about (entry, viewer, store);
  set_label (self->overline_label, is_running (entry) ? _ ("Now") : _ ("Next up"));
  gtk_image_set_from_icon_name (self->kind_image, rounds_entry_words_icon (entry));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->kind_image), rounds_entry_words_kind (entry));
  set_label (self->title_label, title);
  set_label (self->about_label, about);
  set_label (self->side_label, find_side (entry, viewer));
  rounds_status_pill_set_look (self->pill, rounds_status_look_of_entry (entry));
  gtk_widget_set_visible (GTK_WIDGET (self->state_box), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), TRUE);
  show_times (self, entry);
  show_countdown (self, entry, viewer, now);
  show_buttons (self, entry, viewer, now);
  describe_buttons (self, title);
  /* The button that had the focus went, for another one. */
  if (focus != NULL && !gtk_widget_get_visible (focus))
    rounds_next_card_take_focus (self);
}

/**
 * rounds_next_card_show_done:
 * @tomorrow: (nullable): the first entry of tomorrow
 *
 * Says that nothing is left today.
 */
void
rounds_next_card_show_done (RoundsNextCard *self, RoundsEntry *tomorrow, RoundsUser *viewer,
                            RoundsStore *store, gint64 now)
{
  g_autofree char *about = NULL;

  g_return_if_fail (ROUNDS_IS_NEXT_CARD (self));

  if (tomorrow != NULL)
    {
      g_autofree char *title = rounds_entry_words_title (tomorrow, viewer, store);
      g_autofree char *when = rounds_time_words_when (rounds_entry_get_range (tomorrow).start, now);

      /* Translators: "Tomorrow 10:00: Maria Lopez". */
      about = g_strdup_printf (C_ ("first of tomorrow", "%s: %s"), when, title);
    }

  set_label (self->overline_label, NULL);
  set_countdown (self, NULL, "accent");
  set_label (self->when_label, NULL);
  set_label (self->elsewhere_label, NULL);
  set_label (self->title_label, _ ("Nothing more today"));
  set_label (self->about_label, about);
  gtk_image_set_from_icon_name (self->kind_image, "rounds-completed-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->kind_image), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->state_box), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), FALSE);
}

/**
 * rounds_next_card_take_focus:
 *
 * Returns: whether there is anything that takes it
 */
gboolean
rounds_next_card_take_focus (RoundsNextCard *self)
{
  return rounds_focus_move_to (GTK_WIDGET (self->join_button))
         || rounds_focus_move_to (GTK_WIDGET (self->start_button))
         || rounds_focus_move_to (GTK_WIDGET (self->details_button));
}
