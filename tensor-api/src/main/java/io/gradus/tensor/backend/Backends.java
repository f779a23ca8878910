package io.gradus.tensor.backend;

import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The backends on the class path.
 *
 * <p>For each kind of device the available provider with the highest priority serves it; the system
 * property {@code gradus.backend.<type>} (as {@code -Dgradus.backend.cpu=reference}) names another
 * one. What does not say where it wants to be is made on the CPU, or on the device that the system
 * property {@code gradus.device} names (as {@code cuda:0}). Providers that cannot start never
 * disturb the others. A backend is probed when a device of its kind is first asked for.
 *
 * <p>Every program starts here: what is done before the first device is there does without streams,
 * switches over types and formats, whose machinery takes tens of milliseconds to come up.
 */
public final class Backends {
  private static final Backends INSTANCE =
      new Backends(load(), System.getProperties()::getProperty);

  private final List<BackendProvider> providers;
  private final java.util.function.Function<String, @Nullable String> properties;
  private final Map<String, List<Device>> opened = new HashMap<>();
  private volatile @Nullable Device usual;

  Backends(
      List<BackendProvider> providers,
      java.util.function.Function<String, @Nullable String> properties) {
    this.providers = new ArrayList<>(providers);
    this.providers.sort(Backends::inOrder);
    this.properties = properties;
  }

  private static int inOrder(BackendProvider a, BackendProvider b) {
    int byPriority = Integer.compare(b.priority(), a.priority());
    return byPriority != 0 ? byPriority : a.name().compareTo(b.name());
  }

  /** What {@link #diagnose} says of one backend. */
  public record Diagnosis(String backend, String deviceType, BackendProvider.Probe probe) {
    @Override
    public String toString() {
      return switch (probe) {
        case BackendProvider.Probe.Available a -> backend + ": available (" + a.detail() + ")";
        case BackendProvider.Probe.Unavailable u ->
            backend + ": not available: " + u.reason() + "; " + u.remedy();
      };
    }
  }

  /** The names of the backends that can start, best first. */
  public static List<String> available() {
    return diagnose().stream()
        .filter(d -> d.probe() instanceof BackendProvider.Probe.Available)
        .map(Diagnosis::backend)
        .toList();
  }

  /** For every backend on the class path whether it can start, why not, and what to do. */
  public static List<Diagnosis> diagnose() {
    return INSTANCE.diagnoseAll();
  }

  /** The device with a name such as {@code cpu} or {@code cuda:1}; the number defaults to 0. */
  public static Device device(String name) {
    return INSTANCE.named(name);
  }

  private Device named(String name) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      return find(name, 0);
    }
    String number = name.substring(colon + 1);
    if (!number.matches("[0-9]{1,4}")) {
      throw new DeviceException(
          "[device] Invalid device string: '" + name + "'; write a type and a number, as cuda:0");
    }
    return find(name.substring(0, colon), Integer.parseInt(number));
  }

  /**
   * A device by kind and number.
   *
   * @throws BackendException if no backend provides it: the message says which artifact to add, or
   *     why the one that is there cannot start
   */
  public static Device device(String type, int index) {
    return INSTANCE.find(type, index);
  }

  /** The first device of the best available backend. */
  public static Device best() {
    return INSTANCE.findBest();
  }

  /**
   * Where tensors are made if nothing else is said: what was set last, else what the system
   * property {@code gradus.device} names, else the CPU.
   *
   * @throws BackendException if the device that the property names is not there: the message tells
   *     what each backend says
   */
  public static Device defaultDevice() {
    return INSTANCE.findDefault();
  }

  /** Sets {@link #defaultDevice} for the whole program; null for what it was at the start. */
  public static void setDefaultDevice(@Nullable Device device) {
    INSTANCE.usual = device;
  }

  Device findDefault() {
    Device device = usual;
    if (device == null) {
      device = usualAtStart();
      usual = device;
    }
    return device;
  }

  private Device usualAtStart() {
    String wanted = properties.apply("gradus.device");
    if (wanted == null || wanted.isEmpty()) {
      return find("cpu", 0);
    }
    try {
      return named(wanted);
    } catch (BackendException | DeviceException e) {
      throw new BackendException(
          "[device] -Dgradus.device=%s is no device that is there: %s Backends: %s. Leave the property out for the CPU."
              .formatted(
                  wanted,
                  e.getMessage(),
                  String.join("; ", diagnoseAll().stream().map(Diagnosis::toString).toList())),
          e);
    }
  }

  Device findBest() {
    for (BackendProvider p : providers) {
      if (probe(p) instanceof BackendProvider.Probe.Available) {
        return find(p.deviceType(), 0);
      }
    }
    return find("cpu", 0);
  }

  List<Diagnosis> diagnoseAll() {
    return providers.stream().map(p -> new Diagnosis(p.name(), p.deviceType(), probe(p))).toList();
  }

  Device find(String type, int index) {
    List<Device> devices;
    synchronized (opened) {
      devices = opened.get(type);
      if (devices == null) {
        devices = choose(type).open().devices();
        opened.put(type, devices);
      }
    }
    if (index < 0 || index >= devices.size()) {
      throw new DeviceException(
          "[device] invalid device ordinal %s:%d: there are %d devices of type %s"
              .formatted(type, index, devices.size(), type));
    }
    return devices.get(index);
  }

  /** What a provider answers; one that breaks its promise not to throw must not hide the others. */
  private static BackendProvider.Probe probe(BackendProvider provider) {
    try {
      return provider.probe();
    } catch (RuntimeException | LinkageError e) {
      return new BackendProvider.Probe.Unavailable(
          "the probe of backend " + provider.name() + " failed: " + e,
          "report it to the authors of that backend");
    }
  }

  private BackendProvider choose(String type) {
    String key = "gradus.backend." + type;
    String wanted = properties.apply(key);
    List<BackendProvider> candidates = new ArrayList<>();
    for (BackendProvider p : providers) {
      if (p.deviceType().equals(type) && (wanted == null || p.name().equals(wanted))) {
        candidates.add(p);
      }
    }
    if (wanted != null && candidates.isEmpty()) {
      throw new BackendException(
          "No backend named '%s' for device '%s' (asked for by -D%s): on the class path are %s."
              .formatted(wanted, type, key, names()));
    }
    List<String> reasons = new ArrayList<>();
    for (BackendProvider p : candidates) {
      BackendProvider.Probe probe = probe(p);
      if (probe instanceof BackendProvider.Probe.Available) {
        return p;
      }
      if (probe instanceof BackendProvider.Probe.Unavailable u) {
        reasons.add(u.reason() + "; " + u.remedy());
      }
    }
    if (!reasons.isEmpty()) {
      String advice = type.equals("cpu") ? "" : ", or use Device.cpu()";
      throw new BackendException(
          "No device '" + type + "': " + String.join("; ", reasons) + advice + ".");
    }
    if (!type.equals("cpu") && !type.equals("cuda")) {
      throw new DeviceException(
          "[device] Expected one of cpu, cuda device type at start of device string: " + type);
    }
    throw new BackendException(
        "No device '%s': no backend for it on the class path; add the artifact io.gradus:backend-%s%s."
            .formatted(
                type,
                type,
                providers.isEmpty() ? "" : " (found: " + String.join(", ", names()) + ")"));
  }

  private List<String> names() {
    return providers.stream().map(BackendProvider::name).toList();
  }

  private static List<BackendProvider> load() {
    List<BackendProvider> found = new ArrayList<>();
    // One broken registration must not hide the others.
    Iterator<BackendProvider> each =
        ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader()).iterator();
    while (true) {
      try {
        if (!each.hasNext()) {
          return found;
        }
        found.add(each.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        System.getLogger(Backends.class.getName())
            .log(System.Logger.Level.WARNING, "A backend could not be loaded: " + e.getMessage());
      }
    }
  }
}
