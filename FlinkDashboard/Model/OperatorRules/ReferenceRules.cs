using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Things a manifest names that must exist: looked at only where a list of them is given.</summary>
internal static class ReferenceRules
{
    public static IEnumerable<FieldProblem> Of(PracticeSubject s)
    {
        if (s.Body.Text("serviceAccount") is { } account && s.Context.ServiceAccounts?.Contains(account) == false)
            yield return PracticeSubject.Error(s.Root + ".serviceAccount", "reference.serviceAccount", $"There is no service account {account} in the namespace; pods are refused without it.");
        if (s.Kind == "FlinkSessionJob" && s.Spec.Text("deploymentName") is { Length: > 0 } cluster && s.Context.Deployments is { } deployments && deployments.All(d => d.Metadata.Name != cluster))
            yield return PracticeSubject.Warning("spec.deploymentName", "reference.deploymentName", $"There is no session cluster {cluster} in the namespace; nothing happens until there is one.");
        foreach (var root in (string[])["", ".jobManager", ".taskManager"])
        {
            var template = root.Length == 0 ? s.Body.At("podTemplate", "spec") : s.Body.At(root[1..], "podTemplate", "spec");
            foreach (var problem in Template(s, template as JsonObject ?? [], $"{s.Root}{root}.podTemplate.spec"))
                yield return problem;
        }
    }

    private static IEnumerable<FieldProblem> Template(PracticeSubject s, JsonObject template, string field)
    {
        var volumes = template["volumes"] as JsonArray ?? [];
        for (var i = 0; i < volumes.Count; i++)
        {
            if (volumes[i].Text("secret", "secretName") is { } secret && Missing(s.Context.Secrets, secret))
                yield return PracticeSubject.Error($"{field}.volumes[{i}].secret.secretName", "reference.secret", $"There is no secret {secret} in the namespace; pods wait for it.");
            if (volumes[i].Text("persistentVolumeClaim", "claimName") is { } claim && Missing(s.Context.VolumeClaims, claim))
                yield return PracticeSubject.Error($"{field}.volumes[{i}].persistentVolumeClaim.claimName", "reference.volumeClaim", $"There is no volume claim {claim} in the namespace; pods wait for it.");
        }
        var containers = template["containers"] as JsonArray ?? [];
        if (containers.Count > 0 && containers.All(c => c.Text("name") != "flink-main-container"))
            yield return PracticeSubject.Warning(field + ".containers", "podTemplate.container", "No container is named flink-main-container, so nothing here applies to Flink's own container.");
        for (var i = 0; i < containers.Count; i++)
        {
            var environment = (containers[i].At("env") as JsonArray ?? []).Select(e => e.Text("valueFrom", "secretKeyRef", "name")).Concat((containers[i].At("envFrom") as JsonArray ?? []).Select(e => e.Text("secretRef", "name")));
            foreach (var secret in environment.OfType<string>().Where(n => Missing(s.Context.Secrets, n)).Distinct())
                yield return PracticeSubject.Error($"{field}.containers[{i}]", "reference.secret", $"There is no secret {secret} in the namespace; pods wait for it.");
        }
    }

    private static bool Missing(IReadOnlyCollection<string>? known, string name) => known?.Contains(name) == false;
}
