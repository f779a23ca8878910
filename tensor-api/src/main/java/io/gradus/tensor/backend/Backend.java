package io.gradus.tensor.backend;

import java.util.List;

/** An opened backend: the devices that it found. */
public interface Backend {
  /** The devices, of one kind, in order of their index; at least one. */
  List<Device> devices();
}
