"""The reminders room: who is told of what is due or late, by the law's ladder; who acknowledged; what stays silent."""
