package io.gradus.train;

import io.gradus.optim.schedule.LRScheduler;
import io.gradus.optim.schedule.ReduceLROnPlateau;

/** When a scheduler steps. */
sealed interface Scheduling {
  LRScheduler scheduler();

  record EachEpoch(LRScheduler scheduler) implements Scheduling {}

  record EachStep(LRScheduler scheduler) implements Scheduling {}

  record OnPlateau(ReduceLROnPlateau scheduler, String monitor) implements Scheduling {}

  default void stepDone() {
    switch (this) {
      case EachStep(LRScheduler s) -> s.step();
      case EachEpoch _, OnPlateau _ -> {}
    }
  }

  default void epochDone(EpochResult result) {
    switch (this) {
      case EachEpoch(LRScheduler s) -> s.step();
      case OnPlateau(ReduceLROnPlateau s, String monitor) -> s.step(History.value(result, monitor));
      case EachStep _ -> {}
    }
  }
}
