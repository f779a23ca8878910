package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many modules as few: one for each header, with entries renamed. */
final class JoinedModules {
  private JoinedModules() {}

  static List<String> of(Collection<PtxSource> sources) {
    Map<String, StringBuilder> modules = new TreeMap<>();
    int number = 0;
    for (PtxSource source : sources) {
      int body = source.text().indexOf(".visible");
      String header = source.text().substring(0, body);
      String renamed =
          source.text().substring(body).replace(" " + source.entry() + "(", " e" + number++ + "(");
      modules.computeIfAbsent(header, h -> new StringBuilder(h)).append(renamed).append('\n');
    }
    return modules.values().stream().map(StringBuilder::toString).toList();
  }
}
