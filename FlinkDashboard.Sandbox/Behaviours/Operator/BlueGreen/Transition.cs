namespace FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;

/// <summary>The way to a colour: deploy it, wait until it is ready, delete the other one; or give it up (BlueGreenDeploymentService).</summary>
internal static class Transition
{
    private static readonly TimeSpan DeletionRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>Creates or replaces a child and starts to wait for it.</summary>
    /// <param name="context">The pass.</param>
    /// <param name="colour">Which child.</param>
    /// <param name="savepoint">State it starts from; null for what the spec says.</param>
    /// <param name="isFirst">There is no other child to take over from: only the spec's own initialSavepointPath counts.</param>
    public static void Deploy(BlueGreenContext context, Colour colour, string? savepoint, bool isFirst)
    {
        context.Status.Error = null;
        var spec = context.Spec.Template.Clone();
        // Flink's path objects are expected here; the scheme of local ones gets lost.
        if (!isFirst && savepoint is not null)
            spec.Job!["initialSavepointPath"] = savepoint.Replace("file:", "", StringComparison.Ordinal);
        BlueGreenChild.Apply(context.World, context.Object, colour, spec);
        context.Status.AbortAt = context.After(context.Spec.GracePeriod);
        context.Write($"TRANSITIONING_TO_{colour.Upper()}", "RECONCILING", context.Spec.Interval);
    }

    /// <summary>Puts the wanted spec into a child that exists, with the state it would be restored from.</summary>
    public static void Patch(BlueGreenContext context, BlueGreenChild child, bool keepsState = true)
    {
        var savepoint = keepsState ? child.Spec.JobText("initialSavepointPath") ?? child.UpgradeSavepointPath : null;
        Deploy(context, child.Colour, string.IsNullOrEmpty(savepoint) ? null : savepoint, isFirst: context.Children != 2);
    }

    /// <summary>Looks after a transition under way.</summary>
    public static void Monitor(BlueGreenContext context, Colour colour)
    {
        var next = context.Child(colour) ?? throw new ReconciliationFailure(
            $"Target Dependent Deployment resource not found. Blue/Green deployment name: {context.Object.Name}, current deployment type: {colour.Other().Upper()}");
        var change = context.Change;
        // A suspension has to wait until the transition is over.
        if (change is not (BlueGreenChange.None or BlueGreenChange.Suspend))
        {
            context.Acknowledge();
            Patch(context, next, keepsState: change != BlueGreenChange.SavepointRedeploy);
        }
        else if (next.Spec.IsSuspended)
        {
            if (next.Lifecycle == "SUSPENDED")
                Finish(context, $"ACTIVE_{colour.Upper()}", "SUSPENDED");
            else
                AbortWhenDue(context, next);
        }
        else if (next.IsReady)
        {
            DeleteOther(context, next);
        }
        else
        {
            AbortWhenDue(context, next);
        }
    }

    private static void DeleteOther(BlueGreenContext context, BlueGreenChild next)
    {
        if (context.Child(next.Colour.Other()) is not { } old)
        {
            context.Route(next);
            Finish(context, $"ACTIVE_{next.Colour.Upper()}", "RUNNING");
            return;
        }
        var delay = context.Spec.DeletionDelay;
        if (BlueGreenStatus.Time(context.Status.ReadyAt) is not { } ready)
        {
            context.Status.ReadyAt = context.Instant;
            context.Write(null, null, delay);
        }
        else if (ready + delay < context.Now)
        {
            old.Delete(context.World);
            context.Wait(DeletionRetry);
        }
        else
        {
            context.Wait(ready + delay - context.Now + Moment);
        }
    }

    private static void AbortWhenDue(BlueGreenContext context, BlueGreenChild next)
    {
        var due = BlueGreenStatus.Time(context.Status.AbortAt) ?? throw new ReconciliationFailure("Unexpected abortTimestamp == 0");
        if (due >= context.Now)
        {
            context.Write(null, null, context.Spec.Interval);
            return;
        }
        next.Suspend(context.World);
        var back = context.Children == 1 ? "INITIALIZING_BLUE" : $"ACTIVE_{next.Colour.Other().Upper()}";
        context.Fail($"Aborting deployment '{next.Object.Name}', rolling B/G deployment back to {back}", back);
    }

    private static void Finish(BlueGreenContext context, string state, string job)
    {
        var status = context.Status;
        status.ReadyAt = status.AbortAt = BlueGreenStatus.NoTime;
        status.TriggerId = null;
        context.Write(state, job, TimeSpan.Zero);
    }
}
