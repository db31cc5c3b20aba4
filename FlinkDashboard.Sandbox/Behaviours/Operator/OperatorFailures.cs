using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>An exception of the operator: its Java class and message, which status.error and events show.</summary>
/// <param name="javaClass">Full class name.</param>
/// <param name="message">Its message.</param>
/// <param name="reason">Reason of the event; null for unexpected failures.</param>
/// <param name="cause">What Flink answered; null when the operator itself found the fault.</param>
public class OperatorFailure(string javaClass, string message, string? reason = null, FlinkThrowable? cause = null) : Exception(message)
{
    /// <summary>Package of the operator's exceptions.</summary>
    protected const string Package = "org.apache.flink.kubernetes.operator.exception.";

    /// <summary>Full Java class name.</summary>
    public string JavaClass => javaClass;

    /// <summary>Reason of the event.</summary>
    public string? Reason => reason;

    /// <summary>What Flink answered, or null.</summary>
    public FlinkThrowable? Cause => cause;
}

/// <summary>The JobManager cannot start; ends the pass with status ERROR.</summary>
public sealed class DeploymentFailure(string message, string reason) : OperatorFailure(Package + "DeploymentFailedException", message, reason);

/// <summary>The job cannot be stopped or restored as asked; ends the pass.</summary>
public sealed class UpgradeFailure(string message, string reason, FlinkThrowable? cause = null) : OperatorFailure(Package + "UpgradeFailureException", message, reason, cause);

/// <summary>Anything else that went wrong in a pass, which is then retried.</summary>
public sealed class ReconciliationFailure(string message) : OperatorFailure(Package + "ReconciliationException", message);
