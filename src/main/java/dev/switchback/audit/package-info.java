/** Who did what, when and from where: the append-only trail, its chain of sealed batches, and the sentences made from it. */
package dev.switchback.audit;
