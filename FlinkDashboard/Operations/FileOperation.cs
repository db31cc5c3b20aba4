using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>An action on a file that belongs to a namespace, ready to be run.</summary>
/// <param name="Action">BeginUpload, Upload, AbandonUpload.</param>
/// <param name="Namespace">Whose.</param>
/// <param name="Name">Of the file.</param>
/// <param name="Reason">Why, in the user's words.</param>
/// <param name="Command">The command that does the same.</param>
/// <param name="Work">Checks its rule, does it, and says how it ended.</param>
internal sealed record FileOperation(string Action, string Namespace, string Name, string? Reason, string Command, Func<Sender, CancellationToken, Task<OperationResult>> Work)
{
    /// <summary>Kind of the object in the trail.</summary>
    public const string Kind = "Jar";

    /// <summary>Who may create applications in a namespace may give them their jars.</summary>
    public static Right Right { get; } = new("create", FlinkDeployment.Info, AnyName: true);

    /// <summary>For the trail.</summary>
    public ObjectName Target => new(FlinkDeployment.Info, Namespace, Name);
}
