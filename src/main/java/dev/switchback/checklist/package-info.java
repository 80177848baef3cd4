/** Questions a person ticks, with who, when and the evidence. */
package dev.switchback.checklist;
