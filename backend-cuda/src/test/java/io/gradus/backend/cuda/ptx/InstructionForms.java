package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which instructions a text has, with all their modifiers ({@code ld.global.v4.f32}), guarded or
 * not. Whether an architecture knows them is all that differs between it and an older one that
 * compiles the text.
 */
final class InstructionForms {
  private InstructionForms() {}

  /** The shorter ones, until every form that occurs in any is there. */
  static List<PtxSource> cover(Collection<PtxSource> sources) {
    List<PtxSource> byLength = new ArrayList<>(sources);
    byLength.sort(Comparator.comparingInt(s -> s.text().length()));
    Set<String> seen = new HashSet<>();
    List<PtxSource> chosen = new ArrayList<>();
    for (PtxSource source : byLength) {
      if (seen.addAll(of(source.text()))) {
        chosen.add(source);
      }
    }
    return chosen;
  }

  /** The forms in a text, and its directives. */
  static Set<String> of(String text) {
    Set<String> forms = new HashSet<>();
    text.lines()
        .forEach(
            line -> {
              String[] words = line.strip().split("\\s+", 3);
              boolean guarded = words[0].startsWith("@") && words.length > 1;
              String form = guarded ? "@ " + words[1] : words[0];
              if (!form.endsWith(":")) {
                forms.add(form);
              }
            });
    return forms;
  }
}
