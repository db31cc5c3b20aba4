using FlinkDashboard.Sandbox.Behaviours.Operator.Status;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>What a pass does with a spec that failed validation: it goes on with the last good one.</summary>
internal static class InvalidSpec
{
    /// <summary>Records the error and puts the last reconciled spec in place of the wanted one.</summary>
    /// <returns>False if there is none, so that there is nothing to do.</returns>
    public static bool Replace(PassContext pass, string error)
    {
        pass.Status.Error = ErrorText.Json("org.apache.flink.kubernetes.operator.exception.ValidationException", error);
        if (pass.Status.Reconciled?.Spec is not { } last)
            return false;
        if (pass.Status.State == "UPGRADING" && last.Job is not null)
            last.JobState = "running";
        pass.Spec = last;
        pass.Generation = pass.Status.ObservedGeneration ?? pass.Generation;
        return true;
    }
}
