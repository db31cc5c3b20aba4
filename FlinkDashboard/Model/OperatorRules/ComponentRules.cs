using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Rules about the JobManager's and TaskManagers' resources.</summary>
internal static class ComponentRules
{
    /// <summary>Memory is given, by the resource or by Flink's own keys.</summary>
    public static string? Memory(DeploymentDraft draft, string component, string word)
    {
        var resource = draft.Spec.At(component, "resource") as JsonObject;
        if (resource.Text("memory") is not null || HasMemoryKey(draft, component.ToLowerInvariant()))
            return null;
        return $"{word} resource memory must be defined using `spec.{component}.resource.memory`";
    }

    private static bool HasMemoryKey(DeploymentDraft draft, string component) => component == "jobmanager"
        ? draft.AnyKey(k => k is "jobmanager.memory.process.size" or "jobmanager.memory.flink.size" or "jobmanager.memory.heap.size")
        : draft.AnyKey(k => k is "taskmanager.memory.process.size" or "taskmanager.memory.flink.size")
            || (draft.AnyKey(k => k == "taskmanager.memory.task.heap.size") && draft.AnyKey(k => k == "taskmanager.memory.managed.size"));
}
