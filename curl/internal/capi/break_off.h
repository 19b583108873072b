/* What libcurl says to the server when a transfer is taken out of a multi handle before its end.
 *
 * For a mail protocol or SSH that is as proper an end as any. libcurl 7.88.1 concludes the mail that is being sent, and the
 * server delivers half of it; with SMTP, IMAP, SFTP and SCP it waits, inside curl_multi_remove_handle, for the answer of a
 * server that may never say anything again, with SSH as long as that takes. Neither asks whether the end is premature. A
 * transfer without recipients has no mail to conclude, and one whose time is over waits for nobody. */
#ifndef GOCURL_BREAK_OFF_H
#define GOCURL_BREAK_OFF_H

struct gocurl_cell;

/* Before curl_multi_remove_handle, and after it: the options are what they were. In between a callback may clone the handle,
 * whose clone needs the second as well. */
void gocurl_break_off(struct gocurl_cell *c);
void gocurl_broken_off(struct gocurl_cell *c);

#endif
