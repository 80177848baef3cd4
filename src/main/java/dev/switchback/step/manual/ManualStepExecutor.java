package dev.switchback.step.manual;

import dev.switchback.step.Action;
import dev.switchback.step.CarefulExecutor;
import dev.switchback.step.Outcome;
import dev.switchback.step.Rendering;
import dev.switchback.step.StepContext;
import dev.switchback.step.StepKind;

/** Hands {@code {instructions, evidence}} to a person and ends as <em>waiting</em>; the person's answer decides. */
public final class ManualStepExecutor extends CarefulExecutor {

    @Override
    public StepKind kind() {
        return StepKind.MANUAL;
    }

    @Override
    protected String summary(Action action) {
        return Action.firstLine(action.text("instructions").orElse(""));
    }

    @Override
    protected void draw(Action action, StepContext context, Rendering.Draft draft) {
        draft.text("instructions", action.required("instructions"))
                .expects("a person says that it went as expected"
                        + (action.flag("evidence", false) ? ", and what they saw" : ""));
    }

    @Override
    protected Outcome carryOut(Action action, StepContext context) {
        String instructions = action.required("instructions");
        context.log().engine("waits for a person: " + Action.firstLine(instructions));
        return Outcome.waiting(instructions);
    }
}
