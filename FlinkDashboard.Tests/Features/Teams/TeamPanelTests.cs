using System.Text;
using Bunit;
using FlinkDashboard.Features.Teams;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Tests.Ui;

namespace FlinkDashboard.Tests.Features.Teams;

/// <summary>The panels of a team as they are drawn.</summary>
public class TeamPanelTests : UiContext
{
    [Fact]
    public void Role_IsDrawn_WithItsDoubtsBesideTheRule()
    {
        var role = new RoleFacts("Role", "flink-team-a-role", [RuleReading.Of(new PolicyRule { ApiGroups = [""], Resources = ["pods", "persistentvolumes"], Verbs = ["*"] }, inNamespace: true)], ["service account flink-team-a-sa"], "", Cluster.GetUtcNow());
        var drawn = Render<TeamRoles>(parameters => parameters.Add(panel => panel.Roles, [role]));
        Assert.Contains("may do anything with pods and persistent volumes", Plain(drawn.Find(".rules li span").TextContent), StringComparison.Ordinal);
        Assert.Contains("Persistent volumes stand outside namespaces", drawn.Find(".rule-doubt").TextContent, StringComparison.Ordinal);
        Assert.Contains("2026-03-01T12:00:00Z", drawn.Find(".role-head").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Account_OffersItsRoleArn_ToCopy()
    {
        const string Arn = "arn:aws:iam::111122223333:role/emr-eks-flink-flink-team-a";
        var drawn = Render<TeamAccounts>(parameters => parameters.Add(panel => panel.Accounts, [new("flink-team-a-sa", Arn, 0, [], 2, null), new("default", null, 0, [], 0, null)]));
        Assert.Equal(Arn, drawn.Find("button[aria-label='Copy role ARN']").GetAttribute("data-copy"));
        Assert.Contains("2 pods run as it", drawn.FindAll("li")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("no IAM role by annotation", drawn.FindAll("li")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Quota_NearItsLimit_IsMarked_AndNoQuotaIsSaid()
    {
        var quota = KindParsing.Parse<ResourceQuota>(Encoding.UTF8.GetBytes("""{"metadata":{"name":"q"},"status":{"hard":{"pods":"80","requests.memory":"192Gi"},"used":{"pods":"79","requests.memory":"1Gi"}}}"""));
        var drawn = Render<TeamQuotas>(parameters => parameters.Add(panel => panel.Lines, QuotaReading.Of([quota])));
        Assert.Equal("79 of 80, 99 %", drawn.Find("li.tight .capacity-track").GetAttribute("aria-label"));
        Assert.Single(drawn.FindAll("li.tight"));
        Assert.Contains("No ResourceQuota", Render<TeamQuotas>(parameters => parameters.Add(panel => panel.Lines, [])).Markup, StringComparison.Ordinal);
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
