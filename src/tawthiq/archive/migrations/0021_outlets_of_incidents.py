
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0020_list_indices'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='incidentreport',
            index=models.Index(fields=['report', 'incident'], name='incidents_of_report'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['publisher', 'capture'], name='reports_by_publisher'),
        ),
    ]
