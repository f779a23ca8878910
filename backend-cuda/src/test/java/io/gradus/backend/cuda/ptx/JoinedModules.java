package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many modules as few: of moderate length, each for one header, with entries renamed. */
final class JoinedModules {
  private static final int LENGTH = 1_000_000;

  private JoinedModules() {}

  static List<String> of(Collection<PtxSource> sources) {
    List<String> full = new ArrayList<>();
    Map<String, StringBuilder> modules = new TreeMap<>();
    int number = 0;
    for (PtxSource source : sources) {
      int body = source.text().indexOf(".visible");
      String header = source.text().substring(0, body);
      String renamed =
          source.text().substring(body).replace(" " + source.entry() + "(", " e" + number++ + "(");
      StringBuilder module = modules.computeIfAbsent(header, h -> new StringBuilder(h));
      module.append(renamed).append('\n');
      if (module.length() > LENGTH) {
        full.add(module.toString());
        modules.remove(header);
      }
    }
    modules.values().forEach(rest -> full.add(rest.toString()));
    return full;
  }
}
