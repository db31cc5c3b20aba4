using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;

/// <summary>One pass over one FlinkBlueGreenDeployment: what it sees and writes.</summary>
internal sealed class BlueGreenContext(OperatorContext op, Managed managed, BlueGreenStatus status)
{
    /// <summary>The resource.</summary>
    public WorldObject Object => managed.Object;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => op.World.Now;

    /// <summary>Its status.</summary>
    public BlueGreenStatus Status => status;

    /// <summary>What is wanted.</summary>
    public BlueGreenSpec Spec { get; } = BlueGreenSpec.Of(managed.Object);

    /// <summary>The world.</summary>
    public SandboxWorld World => op.World;

    /// <summary>What it takes to come from the last reconciled spec to the wanted one.</summary>
    public BlueGreenChange Change => status.Reconciled is { } text ? Spec.ChangeFrom(BlueGreenSpec.Parse(text)) : BlueGreenChange.None;

    /// <summary>A child as it stands in the cluster.</summary>
    public BlueGreenChild? Child(Colour colour) => BlueGreenChild.Find(op.World, Object, colour);

    /// <summary>How many children stand in the cluster.</summary>
    public int Children => (Child(Colour.Blue) is null ? 0 : 1) + (Child(Colour.Green) is null ? 0 : 1);

    /// <summary>The JobManager of a child, or null while it does not answer.</summary>
    public FlinkCluster? Rest(BlueGreenChild child) => op.Rest(Object.Namespace, child.Object.Name);

    /// <summary>Records the wanted spec as taken up.</summary>
    public void Acknowledge()
    {
        status.Reconciled = Spec.ToString();
        status.ReconciledAt = op.Instant;
    }

    /// <summary>A wait from now on, as the status writes it.</summary>
    public string After(TimeSpan span) => (op.World.Now + span).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture) + "Z";

    /// <summary>Now, as the status writes it.</summary>
    public string Instant => op.Instant;

    /// <summary>Writes the status, and says when to look again.</summary>
    /// <param name="state">New blueGreenState, or null to keep it.</param>
    /// <param name="job">New state of the job, or null to keep it; RECONCILING and RUNNING clear the error.</param>
    /// <param name="next">When the next pass is due; null waits for a change.</param>
    public void Write(string? state, string? job, TimeSpan? next)
    {
        status.State = state ?? status.State;
        status.Job.State = job ?? status.Job.State;
        if (job is "RECONCILING" or "RUNNING")
            status.Error = null;
        status.ReconciledAt = op.Instant;
        var node = status.Write();
        managed.Object = op.World.Objects.Update(ResourceTypes.FlinkBlueGreenDeployments, Object.Namespace, Object.Name, o =>
        {
            o["status"] = node;
            return o;
        }, part: WritePart.Status);
        managed.Next = next;
    }

    /// <summary>Nothing to write; look again later.</summary>
    public void Wait(TimeSpan? next) => managed.Next = next;

    /// <summary>Something went wrong that the user has to see.</summary>
    public void Fail(string error, string? state = null)
    {
        status.Error = error;
        Write(state, "FAILING", null);
    }

    /// <summary>Lets the parent's ingress point to a child, or removes it when the spec has none.</summary>
    public void Route(BlueGreenChild active)
    {
        if (Spec.Ingress is System.Text.Json.Nodes.JsonObject ingress && IngressRules.Error(ingress, Object.Namespace, Object.Name) is null)
            IngressObject.Apply(op.World, Object, ingress, active.Object.Name);
        else if (Spec.Ingress is null && op.World.Objects.Find(ResourceTypes.Ingresses, Object.Namespace, Object.Name) is { } old && old.OwnerUids.Contains(Object.Uid))
            op.World.Objects.Delete(ResourceTypes.Ingresses, old.Namespace, old.Name);
    }
}
