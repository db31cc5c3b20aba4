using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;

/// <summary>The states in which one colour serves: changes of the spec are looked for, and a savepoint is awaited (ActiveStateHandler, SavepointingStateHandler).</summary>
internal static class ActiveColour
{
    private static readonly TimeSpan AfterSavepoint = TimeSpan.FromMilliseconds(500);

    /// <summary>Acts on a changed spec.</summary>
    public static void Check(BlueGreenContext context, Colour colour)
    {
        var child = context.Child(colour);
        switch (context.Change)
        {
            case BlueGreenChange.None:
                if (child is not null)
                    context.Route(child);
                break;
            case BlueGreenChange.Suspend or BlueGreenChange.Resume when child is not null:
            case not BlueGreenChange.None when child?.Spec.IsSuspended == true:
            case BlueGreenChange.PatchChild when child?.IsReady == true:
                context.Acknowledge();
                Transition.Patch(context, child!);
                break;
            case BlueGreenChange.SavepointRedeploy when child?.IsReady == true:
                context.Acknowledge();
                Transition.Deploy(context, colour.Other(), null, isFirst: false);
                break;
            case BlueGreenChange.Transition when child?.IsReady == true:
                Leave(context, child);
                break;
            default:
                Refuse(context, colour, child);
                break;
        }
    }

    /// <summary>Waits for the savepoint that the next colour starts from; whether it succeeded is seen afterwards.</summary>
    public static void AwaitSavepoint(BlueGreenContext context, Colour colour)
    {
        var pending = context.Child(colour) is { } child && context.Rest(child)?.Operation(context.Status.TriggerId ?? "") is { InProgress: true };
        if (pending)
            context.Wait(context.Spec.Interval);
        else
            context.Write($"ACTIVE_{colour.Upper()}", null, AfterSavepoint);
    }

    private static void Leave(BlueGreenContext context, BlueGreenChild child)
    {
        var status = context.Status;
        if (!context.Spec.NeedsSavepoint)
        {
            context.Acknowledge();
            Transition.Deploy(context, child.Colour.Other(), null, isFirst: false);
            return;
        }
        if (string.IsNullOrEmpty(status.TriggerId))
        {
            Trigger(context, child);
            return;
        }
        context.Acknowledge();
        if (Location(context, child, out var error) is { } path)
        {
            Transition.Deploy(context, child.Colour.Other(), path, isFirst: false);
            return;
        }
        error = $"Could not start Transition. Details: Could not fetch savepoint with triggerId: {status.TriggerId}. Error: {error}";
        status.TriggerId = null;
        context.Fail(error);
    }

    private static void Trigger(BlueGreenContext context, BlueGreenChild child)
    {
        try
        {
            var rest = context.Rest(child) ?? throw new FlinkRefusal(503, "Connection refused");
            var directory = FlinkOptions.SavepointDirectory(child.Spec.Configuration) ?? FlinkOptions.SavepointDirectory(rest.Configuration) ?? throw new FlinkRefusal(400, "null");
            var format = FlinkOptions.OfOperator(child.Spec.Configuration, "savepoint.format.type") ?? "CANONICAL";
            context.Status.TriggerId = rest.TriggerSavepoint(child.JobId ?? "", directory, format);
            context.Write($"SAVEPOINTING_{child.Colour.Upper()}", null, context.Spec.Interval);
        }
        catch (FlinkRefusal e)
        {
            context.Fail($"Could not trigger Savepoint. Details: {e.Message}");
        }
    }

    private static string? Location(BlueGreenContext context, BlueGreenChild child, out string error)
    {
        var operation = context.Rest(child)?.Operation(context.Status.TriggerId!);
        error = operation is null ? "Could not find the triggered operation" : operation.Failure is { } f ? $"{f.Class}: {f}" : "";
        return operation is { Completed: true } ? operation.Location : null;
    }

    private static void Refuse(BlueGreenContext context, Colour colour, BlueGreenChild? child)
    {
        if (context.Status.Job.State == "FAILING")
            return;
        context.Acknowledge();
        context.Fail($"Transition to {colour.Other().Upper()} not possible, current Flink Deployment '{child?.Object.Name ?? "null"}' is not READY. FAILING '{context.Object.Name}'");
    }
}
