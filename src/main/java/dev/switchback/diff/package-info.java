/** What differs between two contents, and the merge of what two people changed: pure. */
package dev.switchback.diff;
